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
  const out = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > room + 1)
    .slice(0, 4)
    .map((element) => element.cloneNode(false).outerHTML.slice(0, 80));
  return `${needed} px wide; ${out.join(' ')}`;
}

async function sidewaysAtAllWidths(page, { url, path }) {
  const problems = [];
  for (const width of WIDTHS) {
    await page.setViewportSize(size(width));
    await open(page, url);
    await layOutEverything(page);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(sideways);
      if (found) problems.push(`${path} at ${width} px, ${colorScheme}: ${found}`);
    }
  }
  return problems;
}

if (heavy) {
  test('no page scrolls sideways', async () => {
    const problems = [];
    await inParallel(
      site.pages,
      async () => {
        const context = await browser.newContext();
        return [await context.newPage(), () => context.close()];
      },
      async (page, { path, url }) => problems.push(...(await sidewaysAtAllWidths(page, { path, url: server.base + url }))),
    );
    none(problems, 'pages that scroll sideways');
  });
} else {
  eachKind('no page scrolls sideways', (about) =>
    withPage(browser, {}, async (page) => none(await sidewaysAtAllWidths(page, about), 'scrolls sideways')),
  );
}

eachKind('axe finds nothing against WCAG 2.2 AA', ({ url }) =>
  // axe is a script of another origin to the page: here alone the policy is set aside
  withPage(browser, { bypassCSP: true }, async (page) => {
    const problems = [];
    for (const [width, colorScheme] of [[1440, 'light'], [1440, 'dark'], [360, 'light']]) {
      await page.setViewportSize(size(width));
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await open(page, url);
      await layOutEverything(page);
      await page.addScriptTag({ content: AXE });
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

eachKind('nothing moves while it loads', async ({ url }) => {
  for (const width of [360, 1440]) {
    await withPage(browser, { viewport: size(width) }, async (page) => {
      await open(page, url);
      const { sum, moved } = await page.evaluate(
        () =>
          new Promise((done) => {
            const shifts = [];
            new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => {
              const nodes = shifts.flatMap((shift) => shift.sources.map((source) => source.node?.cloneNode?.(false).outerHTML));
              done({ sum: shifts.reduce((sum, shift) => sum + shift.value, 0), moved: nodes.slice(0, 4) });
            }, 250);
          }),
      );
      assert.ok(sum < 0.01, `layout shift ${sum.toFixed(4)} at ${width} px: ${moved.join(' ')}`);
    });
  }
});

// The first page counts as it lies on the disk; the others as a web server sends them, compressed.
eachKind('a page and all it needs weigh less than 100 kB', ({ url, name }, t) =>
  withPage(browser, {}, async (page) => {
    const responses = [];
    page.on('response', (response) => responses.push(response));
    await page.goto(url, { waitUntil: 'networkidle' });
    const parts = await Promise.all(
      responses.map(async (response) => {
        const body = await response.body();
        return { url: response.url().slice(server.base.length) || 'the page', plain: body.length, packed: gzipSync(body).length };
      }),
    );
    const total = (key) => parts.reduce((sum, part) => sum + part[key], 0);
    t.diagnostic(`${name}: ${parts.length} files, ${total('plain')} bytes, ${total('packed')} compressed`);
    const key = name === 'home' ? 'plain' : 'packed';
    const list = parts.map((part) => `${part.url} ${part[key]}`).join(', ');
    assert.ok(total(key) < LIMIT, `${total(key)} bytes: ${list}`);
  }),
);

/** Runs in the browser: the words of the page, without what only a script can use. */
function words() {
  for (const element of document.querySelectorAll('main button, main noscript')) element.hidden = true;
  return document.querySelector('main').innerText.split(/\s+/).filter(Boolean).join(' ');
}

eachKind('without JavaScript the text is the same', async ({ url }) => {
  const read = (javaScriptEnabled) =>
    withPage(browser, { javaScriptEnabled }, async (page) => {
      // without scripts no frame callback runs, so there is nothing more to wait for than the load
      await page.goto(url, { waitUntil: 'load' });
      await layOutEverything(page);
      return { text: await page.evaluate(words), links: await page.locator('a[href]:visible').count() };
    });
  const [without, withScripts] = [await read(false), await read(true)];
  assert.ok(without.text.length > 0, 'the page is empty');
  assert.equal(without.text, withScripts.text);
  assert.ok(without.links > 0, 'there is no link to go on');
});

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
    none([...lost, ...kept], 'what print gets wrong');
    assert.ok(text < 0.3 && paper > 0.8, `print is not dark on light: text ${text.toFixed(2)}, paper ${paper.toFixed(2)}`);
    const wide = await page.evaluate(sideways);
    assert.equal(wide, undefined, `wider than A4: ${wide}`);
  }),
);
