// Pictures of a built site, to be looked at one by one: every kind of page at three widths in both schemes, and a contact
// sheet of each page with the six beside each other.
//
//   node tests/browser/pictures.mjs SITE OUTDIR                      one page of each kind (the largest)
//   node tests/browser/pictures.mjs SITE OUTDIR --pages home,okrs    these kinds
//   node tests/browser/pictures.mjs SITE OUTDIR --urls /a/,/b/       these pages
//   node tests/browser/pictures.mjs SITE docs --readme               docs/handbook.png, the picture of the README
//                                                                    (--urls /DESK/,/PHONE/ chooses its two pages)

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { inParallel, launch, open, withPage } from './browser.mjs';
import { serve } from './server.mjs';
import { readSite, samples } from './site.mjs';

const WIDTHS = [360, 768, 1440];
const SCHEMES = ['light', 'dark'];
const TALLEST = 6000; // px; what lies below is cut
const SCALE = 0.4; // of the pictures on a contact sheet

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pages: { type: 'string' }, urls: { type: 'string' }, readme: { type: 'boolean', default: false } },
});
const [folder, out] = positionals;
if (!folder || !out) {
  console.error('usage: node tests/browser/pictures.mjs SITE OUTDIR [--pages KIND,… | --urls /a/,/b/] [--readme]');
  process.exit(2);
}

const site = readSite(folder);
const server = await serve(site);
const browser = await launch();
mkdirSync(out, { recursive: true });
try {
  if (values.readme) await readmePicture();
  else await contactSheets(choose());
} finally {
  await browser.close();
  await server.close();
}

/** The pages that were asked for, each with a name for its files. */
function choose() {
  if (values.urls) {
    return values.urls.split(',').map((url) => {
      const page = site.pages.find((page) => `/${page.url}` === url);
      if (!page) throw new Error(`the site has no page ${url}`);
      return { ...page, name: url.replace(/^\/|\/$/g, '').replaceAll('/', '-') || 'root' };
    });
  }
  const all = samples(site).map((page) => ({ ...page, name: page.name.replace(/[^\w-]+/g, '-').replace(/^-|-$/g, '') }));
  if (!values.pages) return all;
  return values.pages.split(',').flatMap((kind) => {
    const found = all.filter((page) => page.kind === kind);
    if (found.length === 0) throw new Error(`the site has no page of the kind ${kind}: ${all.map((page) => page.kind).join(', ')}`);
    return found;
  });
}

async function contactSheets(pages) {
  const shots = pages.flatMap((page) => SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ page, scheme, width }))));
  await inParallel(
    shots,
    async () => {
      const context = await browser.newContext({ reducedMotion: 'reduce' });
      return [await context.newPage(), () => context.close()];
    },
    async (tab, shot) => {
      await tab.emulateMedia({ colorScheme: shot.scheme });
      await tab.setViewportSize({ width: shot.width, height: shot.width < 700 ? 780 : 900 });
      await open(tab, server.base + shot.page.url);
      const height = await tab.evaluate(() => document.documentElement.scrollHeight);
      shot.cut = height > TALLEST;
      shot.height = Math.min(height, TALLEST);
      shot.file = `${shot.page.name}-${shot.width}-${shot.scheme}.png`;
      const clip = { x: 0, y: 0, width: shot.width, height: shot.height };
      await tab.screenshot({ path: join(out, shot.file), fullPage: true, clip });
    },
  );
  for (const page of pages) await contactSheet(page, shots.filter((shot) => shot.page === page));
}

async function contactSheet(page, shots) {
  const html = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escape(page.name)}</title>
<style>
body { margin: 24px; background: #808080; font: 14px system-ui, sans-serif; color: #fff; width: max-content; }
h1 { font-size: 20px; margin: 0 0 16px; } div { display: flex; gap: 16px; align-items: start; }
figure { margin: 0; } figcaption { padding-bottom: 4px; } img { display: block; }
</style>
<h1>${escape(page.name)}: /${escape(page.url)}</h1><div>
${shots.map(figure).join('\n')}
</div></html>
`;
  const path = join(out, `${page.name}.html`);
  writeFileSync(path, html);
  await withPage(browser, {}, async (tab) => {
    await tab.goto(pathToFileURL(path).href);
    const width = await tab.evaluate(() => document.documentElement.scrollWidth + 24);
    await tab.setViewportSize({ width, height: 900 });
    await tab.screenshot({ path: join(out, `${page.name}.png`), fullPage: true });
  });
  console.log(`${page.name}: ${join(out, `${page.name}.png`)}`);
}

function figure({ file, width, height, scheme, cut }) {
  const size = `width="${Math.round(width * SCALE)}" height="${Math.round(height * SCALE)}"`;
  return `<figure><figcaption>${width} px, ${scheme}${cut ? ', cut' : ''}</figcaption><a href="${file}"><img src="${file}" alt="" ${size}></a></figure>`;
}

/** A cycle's page on a desk, and an OKR page on a phone in the dark before it. */
async function readmePicture() {
  const pages = values.urls ? choose() : ['cycle', 'okrs'].map((kind) => samples(site).find((page) => page.kind === kind));
  if (pages.length !== 2 || pages.includes(undefined)) throw new Error('the picture needs two pages: a cycle and its OKRs');
  const shoot = (page, options) =>
    withPage(browser, { reducedMotion: 'reduce', ...options }, async (tab) => {
      await open(tab, server.base + page.url);
      return `data:image/png;base64,${(await tab.screenshot()).toString('base64')}`;
    });
  const desk = await shoot(pages[0], { viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  const phone = await shoot(pages[1], { viewport: { width: 360, height: 720 }, colorScheme: 'dark' });
  const html = `<!doctype html><title>handbook</title><style>
body { margin: 0; width: 1640px; height: 980px; position: relative; background: #d9dde3; }
img { position: absolute; border-radius: 8px; box-shadow: 0 0 0 1px #0002, 0 8px 30px #0003; }
.desk { left: 40px; top: 40px; } .phone { right: 40px; bottom: 40px; }
</style><img class="desk" src="${desk}" alt=""><img class="phone" src="${phone}" alt="">`;
  await withPage(browser, { viewport: { width: 1640, height: 980 } }, async (tab) => {
    await tab.setContent(html, { waitUntil: 'load' });
    await tab.screenshot({ path: join(out, 'handbook.png') });
  });
  console.log(join(out, 'handbook.png'));
}

function escape(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
