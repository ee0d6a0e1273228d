// Every kind of page, as readers meet it: on a phone, in the dark, with a screen reader, on paper.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { inParallel, launch, layOutEverything, open, withPage } from './browser.mjs';
import { none } from './report.mjs';
import { serve } from './server.mjs';
import { heavy, samples, siteFromEnvironment } from './site.mjs';

const WIDTHS = [360, 768, 1440];
const SCHEMES = ['light', 'dark'];
const A4 = 688; // CSS pixels between the margins of a sheet, upright
const LIMIT = 100_000; // bytes
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const site = siteFromEnvironment();
const chosen = samples(site);
let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(site);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const size = (width) => ({ width, height: width < 700 ? 780 : 900 });

/** A test of each chosen page, two at a time. */
function eachKind(what, run) {
  describe(what, { concurrency: 2 }, () => {
    for (const page of chosen) test(page.name, (t) => run({ ...page, url: server.base + page.url }, t));
  });
}

/** Runs in the browser: what sticks out on the right, if the page scrolls sideways. */
function sideways() {
  const room = document.documentElement.clientWidth;
  const needed = document.scrollingElement.scrollWidth;
  if (needed <= innerWidth) return undefined;
  const scrolls = (element) => element !== document.body && getComputedStyle(element).overflowX !== 'visible';
  const inScroller = (element) => element !== document.body && (scrolls(element) || inScroller(element.parentElement));
  const out = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > room + 1 && !inScroller(element.parentElement))
    .slice(0, 4)
    .map((element) => element.cloneNode(false).outerHTML.slice(0, 80));
  return `${needed} px wide; ${out.join(' ')}`;
}

/** Runs in the browser: what moved since the page began to load. */
function shifts() {
  return new Promise((done) => {
    const seen = [];
    new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => {
      const nodes = seen.flatMap((shift) => shift.sources.map((source) => source.node?.cloneNode?.(false).outerHTML));
      done({ sum: seen.reduce((sum, shift) => sum + shift.value, 0), moved: nodes.slice(0, 4) });
    }, 250);
  });
}

/** Runs in the browser: the words of the page, without what only a script can use. */
function words() {
  for (const element of document.querySelectorAll('main button, main noscript')) element.hidden = true;
  return document.querySelector('main').innerText.split(/\s+/).filter(Boolean).join(' ');
}

/** Where two texts begin to differ, with a few words around it. */
function difference(without, withScripts) {
  if (without === withScripts) return [];
  let at = 0;
  while (without[at] === withScripts[at]) at += 1;
  const around = (text) => text.slice(Math.max(0, at - 40), at + 80);
  return [`without scripts: …${around(without)}`, `with scripts:    …${around(withScripts)}`];
}

async function lookAt(page, url) {
  const responses = [];
  page.on('response', (response) => responses.push(response));
  const look = { moved: [], wide: [] };
  for (const width of WIDTHS) {
    await page.setViewportSize(size(width));
    await open(page, url);
    const { sum, moved } = await page.evaluate(shifts);
    if (sum >= 0.01) look.moved.push(`${width} px: ${sum.toFixed(4)} ${moved.join(' ')}`);
    if (!look.parts) {
      look.parts = await Promise.all(responses.map(weigh));
      page.removeAllListeners('response');
    }
    await layOutEverything(page);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(sideways);
      if (found) look.wide.push(`${width} px, ${colorScheme}: ${found}`);
    }
  }
  look.words = await page.evaluate(words);
  return look;
}

async function weigh(response) {
  const body = await response.body();
  return { path: new URL(response.url()).pathname, plain: body.length, packed: gzipSync(body).length };
}

/** One look at a page at each width serves several tests. */
const looks = new Map();
function look({ path, url }) {
  if (!looks.has(path)) looks.set(path, withPage(browser, {}, (page) => lookAt(page, url)));
  return looks.get(path);
}

eachKind('nothing scrolls sideways', async (about) => none((await look(about)).wide, 'scrolls sideways'));

eachKind('nothing moves while it loads', async (about) => none((await look(about)).moved, 'layout shifts'));

// The first page counts as it lies on the disk; the others as a web server sends them, compressed.
eachKind('a page and all it needs weigh less than 100 kB', async (about, t) => {
  const { parts } = await look(about);
  const total = (key) => parts.reduce((sum, part) => sum + part[key], 0);
  t.diagnostic(`${about.name}: ${parts.length} files, ${total('plain')} bytes, ${total('packed')} compressed`);
  const key = about.name === 'home' ? 'plain' : 'packed';
  // what loads when it is first asked for is not part of a page
  const early = parts.filter((part) => /\/(search|cards)\b/.test(part.path)).map((part) => part.path);
  assert.deepEqual(early, [], 'loaded before anyone asked');
  assert.ok(total(key) < LIMIT, `${total(key)} bytes: ${parts.map((part) => `${part.path} ${part[key]}`).join(', ')}`);
});

eachKind('without JavaScript the text is the same', (about) =>
  withPage(browser, { javaScriptEnabled: false }, async (page) => {
    await page.setViewportSize(size(WIDTHS.at(-1)));
    await page.goto(about.url, { waitUntil: 'load' });
    await layOutEverything(page);
    const text = await page.evaluate(words);
    assert.ok(text.length > 0, 'the page is empty');
    none(difference(text, (await look(about)).words), 'where the text differs first');
    assert.ok((await page.locator('a[href]:visible').count()) > 0, 'there is no link to go on');
  }),
);

eachKind('axe finds nothing against WCAG 2.2 AA', ({ url }) =>
  // axe is a script of another origin to the page: here alone the policy is set aside
  withPage(browser, { bypassCSP: true, reducedMotion: 'reduce' }, async (page) => {
    const problems = [];
    await open(page, url);
    await layOutEverything(page);
    await page.addScriptTag({ content: AXE });
    for (const [width, colorScheme] of [[1440, 'light'], [1440, 'dark'], [360, 'light']]) {
      await page.setViewportSize(size(width));
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate(
        (tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }),
        AXE_TAGS,
      );
      for (const { id, help, nodes } of violations) {
        const where = nodes.slice(0, 3).map((node) => `\n    ${node.target.join(' ')}  ${node.html.slice(0, 140)}`);
        problems.push(`${id} at ${width} px, ${colorScheme}: ${help}; ${nodes.length} places${where.join('')}`);
      }
    }
    none(problems, 'violations');
  }),
);

/** Runs in the browser on the screen: marks what a reader of the paper would miss. */
function markForPrint() {
  const main = document.querySelector('main');
  const apart = 'nav, form, dialog, search, button, details:not([open]), [hidden], [data-print="no"]';
  for (const element of main.querySelectorAll('h1, h2, h3, th, td, blockquote, figure, [role=img]')) {
    if (element.closest(apart) || !element.checkVisibility({ visibilityProperty: true })) continue;
    element.dataset.onScreen = '';
  }
}

/** Runs in the browser in print: what was marked and is gone, what should be gone and is not. */
function readPrint() {
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const luminance = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return a === 0 ? 1 : (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  };
  const lost = [...document.querySelectorAll('[data-on-screen]')].filter((element) => !visible(element));
  const kept = [...document.querySelectorAll('.bar, .skip')].filter(visible);
  const style = getComputedStyle(document.body);
  return {
    lost: lost.map((element) => `lost: ${element.localName} ${element.textContent.trim().slice(0, 60)}`),
    kept: kept.map((element) => `kept: ${element.cloneNode(false).outerHTML}`),
    text: luminance(style.color),
    paper: luminance(style.backgroundColor),
  };
}

eachKind('on paper: all that is said, light, within the sheet', ({ url }) =>
  withPage(browser, { colorScheme: 'dark' }, async (page) => {
    await open(page, url);
    await layOutEverything(page);
    await page.evaluate(markForPrint);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: A4, height: 1000 });
    const { lost, kept, text, paper } = await page.evaluate(readPrint);
    const problems = [...lost, ...kept];
    if (text > 0.3 || paper < 0.8) problems.push(`not dark on light: text ${text.toFixed(2)}, paper ${paper.toFixed(2)}`);
    const wide = await page.evaluate(sideways);
    if (wide) problems.push(`wider than a sheet of A4: ${wide}`);
    none(problems, 'what print gets wrong');
  }),
);

if (heavy) {
  test('no page at all scrolls sideways', async () => {
    const problems = [];
    await inParallel(
      site.pages,
      async () => {
        const context = await browser.newContext();
        return [await context.newPage(), () => context.close()];
      },
      async (page, { path, url }) => {
        await open(page, server.base + url);
        await layOutEverything(page);
        for (const width of WIDTHS) {
          await page.setViewportSize(size(width));
          const found = await page.evaluate(sideways);
          if (found) problems.push(`${path} at ${width} px: ${found}`);
        }
      },
    );
    none(problems, 'pages that scroll sideways');
  });
}
