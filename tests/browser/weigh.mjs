// What a search costs: the bytes that it reads, as they lie on the disk and as a web server sends them.
//
//   OKRBOOK_BENCH_WORDS=many OKRBOOK_BENCH_WRITE=/tmp/book cargo bench --bench speed -- 11112     100,000 key results
//   cargo run --release -- build --book /tmp/book --date 2026-01-08
//   node tests/browser/weigh.mjs /tmp/book/site QUERY...

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch, open, withPage } from './browser.mjs';
import { serve } from './server.mjs';

const [folder, ...queries] = process.argv.slice(2);
if (!queries.length) throw new Error('usage: node weigh.mjs SITE QUERY...');

/** The files of a site as they are asked for: a large one is not held in memory. */
const files = {
  has: (path) => {
    try { return readFileSync(join(folder, path)).length >= 0; } catch { return false; }
  },
  get: (path) => {
    try { return readFileSync(join(folder, path)); } catch { return undefined; }
  },
};

const all = [];
const walk = (dir) => {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) walk(join(dir, entry.name));
    else all.push(readFileSync(join(dir, entry.name)).length);
  }
};
walk(join(folder, 'search'));
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
console.log(`the index: ${all.length} files, ${sum(all)} bytes, the largest ${Math.max(...all)}`);

const server = await serve({ files });
const browser = await launch();
await withPage(browser, {}, async (page) => {
  let read = [];
  page.on('response', (response) => read.push(response.body().then((body) => ({
    path: new URL(response.url()).pathname, plain: body.length, packed: gzipSync(body).length,
  }))));
  const say = async (what) => {
    const parts = await Promise.all(read);
    const largest = parts.reduce((a, b) => (b.plain > (a?.plain ?? 0) ? b : a), undefined);
    console.log(`${what}: ${parts.length} files, ${sum(parts.map((part) => part.plain))} bytes, ${sum(parts.map((part) => part.packed))} compressed${largest ? `; the largest ${largest.plain}` : ''}`);
    read = [];
  };
  await open(page, server.base);
  await say('the page');
  await page.keyboard.press('/');
  await page.locator('dialog[open]').waitFor();
  await say('opening the search');
  for (const query of queries) {
    const began = performance.now();
    await page.locator('dialog input[type=search]').fill('');
    await page.waitForFunction(() => document.querySelector('dialog [role=status]').textContent === '');
    // as people type: ten letters a second
    await page.locator('dialog input[type=search]').pressSequentially(query, { delay: 100 });
    await page.waitForFunction(() => document.querySelector('dialog [role=status]').textContent !== '');
    await page.waitForTimeout(400);
    const status = await page.locator('dialog [role=status]').innerText();
    await say(`“${query}”, ${status} (${Math.round(performance.now() - began)} ms with typing)`);
  }
});
await browser.close();
await server.close();
