// Every page of the site: its links lead somewhere, it asks no other host, it breaks no policy.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inParallel, launch, open, watch } from './browser.mjs';
import { linksOfCss, problemWith, readPage, readSvg } from './links.mjs';
import { none, some } from './report.mjs';
import { serve } from './server.mjs';
import { heavy, samples, siteFromEnvironment } from './site.mjs';

const site = siteFromEnvironment();
const few = heavy ? site.pages : samples(site);
let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

describe('the source of every page', () => {
  const facts = new Map(); // path -> what readPage says
  const ids = new Map(); // path -> the ids that a fragment can name

  before(async () => {
    const page = await browser.newPage();
    for (const { path, text } of [...site.pages, ...site.redirects]) {
      facts.set(path, await page.evaluate(readPage, text));
      ids.set(path, new Set(facts.get(path).ids));
    }
    for (const [path, bytes] of site.files) {
      if (path.endsWith('.svg')) ids.set(path, new Set(await page.evaluate(readSvg, bytes.toString('utf8'))));
    }
    await page.close();
  });

  /** Collects what `find` says of each page. */
  const everyPage = (find) => site.pages.flatMap((page) => find(facts.get(page.path), page).map((what) => `${page.path}: ${what}`));

  test('every link and fragment resolves, from any folder', (t) => {
    const problems = new Map(); // the problem -> the files that have it
    let count = 0;
    const look = (path, link) => {
      count += 1;
      const problem = problemWith(link, path, site, ids);
      if (!problem) return;
      const key = `${link.from} ${link.value} ${problem}`;
      problems.set(key, (problems.get(key) ?? new Set()).add(path));
    };
    for (const { path } of site.pages) for (const link of facts.get(path).links) look(path, link);
    for (const { path, redirect } of site.redirects) look(path, { value: redirect, loads: false, from: 'refresh' });
    for (const [path, bytes] of site.files) {
      if (path.endsWith('.css')) for (const link of linksOfCss(bytes.toString('utf8'))) look(path, link);
    }
    t.diagnostic(`${count} links on ${site.pages.length} pages`);
    none([...problems].map(([problem, files]) => `${problem}: ${some([...files])}`), 'links that do not resolve');
  });

  test('no inline style, no inline script', () => none(everyPage((page) => page.forbidden), 'inline styles and scripts'));

  test('one h1, a language, a title, a viewport, an icon, one main, a kind', () => {
    const problems = everyPage((page, { kind }) => [
      ...(page.h1 === 1 ? [] : [`${page.h1} h1`]),
      ...(page.h1 === 1 && page.heading === '' ? ['an empty h1'] : []),
      ...(page.lang ? [] : ['no lang']),
      ...(page.title ? [] : ['no title']),
      ...(page.viewport.includes('width=device-width') ? [] : ['no viewport']),
      ...(page.icon ? [] : ['no icon']),
      ...(page.main === 1 ? [] : [`${page.main} main`]),
      ...(kind ? [] : ['no data-page on its body']),
    ]);
    none(problems, 'pages that lack something');
  });

  test('okrs.json names pages that are there', () => {
    const published = site.files.get('okrs.json');
    assert.ok(published, 'there is no okrs.json');
    const urls = [];
    JSON.parse(published.toString('utf8'), (key, value) => {
      if (key === 'url' && typeof value === 'string' && value.startsWith('/')) urls.push(value);
      return value;
    });
    const missing = urls.filter((url) => problemWith({ value: url.slice(1), loads: false }, 'okrs.json', site, ids));
    none(missing, 'URLs in okrs.json that are not there');
  });
});

describe('every page in a browser', () => {
  /** Loads pages and collects what went wrong. */
  async function load(pages, base, allowed) {
    const problems = [];
    await inParallel(
      pages,
      async () => {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        const page = await context.newPage();
        return [{ page, watched: await watch(page, allowed) }, () => context.close()];
      },
      async ({ page, watched }, { path, url }) => {
        await open(page, base + url);
        const unstyled = await page.evaluate(() => [...document.styleSheets].length === 0);
        if (unstyled) problems.push(`${path}: no style sheet`);
        problems.push(...watched.take().map((what) => `${path}: ${what}`));
      },
    );
    return problems;
  }

  test('at the root of a server: no error, no other host, nothing missing', async () => {
    const server = await serve(site);
    try {
      none(await load(site.pages, server.base, server.base), 'complaints');
    } finally {
      await server.close();
    }
  });

  test('under a path of a server, as on a project page', async () => {
    const server = await serve(site, { prefix: '/some/path/' });
    try {
      // the page for what is not found knows one place only
      const pages = few.filter(({ path }) => path !== '404.html');
      none(await load(pages, server.base, server.base), 'complaints');
    } finally {
      await server.close();
    }
  });

  test('from a folder, without a server', async () => {
    const folder = `${pathToFileURL(site.root).href}/`;
    const pages = samples(site)
      .filter(({ path }) => path !== '404.html')
      .map((page) => ({ ...page, url: page.path.split('/').map(encodeURIComponent).join('/') }));
    none(await load(pages, folder, folder), 'complaints');
  });

  test('what is not found is said in style, at any depth', async () => {
    assert.ok(site.files.has('404.html'), 'there is no 404.html');
    const server = await serve(site);
    const page = await browser.newPage();
    try {
      const watched = await watch(page, server.base);
      const url = `${server.base}no/such/page/`;
      const response = await open(page, url);
      assert.equal(response.status(), 404);
      assert.equal(await page.locator('h1').count(), 1);
      const ours = (what) => !what.includes(url); // the page itself is rightly a 404
      none(watched.take().filter(ours), 'complaints');
      assert.ok(await page.evaluate(() => document.styleSheets.length > 0), 'no style sheet');
    } finally {
      await page.close();
      await server.close();
    }
  });
});
