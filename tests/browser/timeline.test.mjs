// The timelines, with a few units and with 300: their pictures on a desk, a phone and paper, by keyboard and with a
// screen reader. OKRBOOK_MANY names the site of the handbook that many.mjs writes.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, open, withPage } from './browser.mjs';
import { none } from './report.mjs';
import { serve } from './server.mjs';
import { readSite, siteFromEnvironment } from './site.mjs';

const A4 = 688; // CSS pixels between the margins of a sheet, upright
const LIMIT = 80_000; // bytes of a page with 300 units, as it lies on the disk

const sites = [['a few units', siteFromEnvironment()]];
if (process.env.OKRBOOK_MANY) sites.push(['300 units', readSite(process.env.OKRBOOK_MANY)]);

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Runs in the browser: texts of the pictures that lie on each other or stick out. */
function crossed() {
  const problems = [];
  for (const svg of document.querySelectorAll('main svg[role=img]')) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')]
      .filter((text) => text.checkVisibility() && text.textContent.trim())
      .map((text) => ({ says: text.textContent, box: text.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0);
    for (const { says, box } of texts) {
      if (box.left < frame.left - 3 || box.right > frame.right + 3) problems.push(`sticks out: ${says}`);
      if (box.top < frame.top - 2 || box.bottom > frame.bottom + 2) problems.push(`is cut off: ${says}`);
    }
    texts.forEach((one, at) => {
      for (const other of texts.slice(at + 1)) {
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // lines of text may touch; words may not
        if (wide > 2 && high > 5) problems.push(`on each other: ${one.says} | ${other.says}`);
      }
    });
    if (texts.length === 0) problems.push('a picture without words');
  }
  return problems;
}

/** Runs in the browser: whether the page is wider than its window. */
const isWide = () => document.scrollingElement.scrollWidth > innerWidth;

/** Runs in the browser: what has the focus, whether that can be seen, and whether the bar hides it. */
function focused() {
  const element = document.activeElement;
  const [box] = element.getClientRects(); // the first line of a link that goes over two
  const style = getComputedStyle(element);
  const at = document.elementFromPoint(box.left + Math.min(4, box.width / 2), box.top + box.height / 2);
  return {
    inMain: Boolean(element.closest('main')),
    says: `${element.localName} ${element.textContent.trim().slice(0, 40)}`,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    // what lies at its place is itself, a part of it, or what it is a part of
    covered: Boolean(at) && !element.contains(at) && !at.contains(element),
  };
}

for (const [size, site] of sites) {
  describe(`the timelines of a handbook with ${size}`, () => {
    let server;
    before(async () => {
      server = await serve(site);
    });
    after(() => server?.close());
    const pages = site.pages.filter((page) => page.kind === 'timeline' || page.kind === 'cycles');
    pages.sort((a, b) => b.size - a.size);
    // the largest of the cycles' and that of all cycles
    const chosen = [pages.find((page) => page.kind === 'timeline'), pages.find((page) => page.kind === 'cycles')];
    const [cycle] = chosen;

    test('are there and are light', () => {
      assert.ok(chosen.every(Boolean), `${pages.length} pages`);
      for (const page of pages) assert.ok(page.size < LIMIT, `${page.path}: ${page.size} bytes`);
    });

    for (const width of [360, 768, 1440]) {
      test(`no words of a picture lie on others at ${width} px`, () =>
        withPage(browser, { viewport: { width, height: 900 } }, async (page) => {
          const problems = [];
          for (const { url } of pages) {
            await open(page, server.base + url);
            problems.push(...(await page.evaluate(crossed)).map((problem) => `${url} ${problem}`));
            if (await page.evaluate(isWide)) problems.push(`${url} scrolls sideways`);
          }
          none(problems, 'what cannot be read');
        }));
    }

    test('on paper the pictures are whole and the tables are tables', () =>
      withPage(browser, { viewport: { width: A4, height: 1000 } }, async (page) => {
        await page.emulateMedia({ media: 'print' });
        const problems = [];
        for (const { url } of chosen) {
          await open(page, server.base + url);
          problems.push(...(await page.evaluate(crossed)).map((problem) => `${url} ${problem}`));
          if (await page.evaluate(isWide)) problems.push(`${url} is wider than the sheet`);
          const rows = await page.$$eval('main tbody tr', (rows) => rows.filter((row) => row.checkVisibility()).map((row) => getComputedStyle(row).display));
          if (rows.length === 0 || rows.some((display) => display !== 'table-row')) problems.push(`${url} rows: ${[...new Set(rows)]}`);
          if (!(await page.locator('main svg[role=img]').first().isVisible())) problems.push(`${url} lost its picture`);
        }
        none(problems, 'what print gets wrong');
      }));

    test('by keyboard: every link in its order, seen, and what is folded opens', () =>
      withPage(browser, {}, async (page) => {
        await open(page, server.base + cycle.url);
        const fold = page.locator('main details.fold > summary');
        if (await fold.count()) {
          const rows = () => page.locator('main details.fold tbody tr').filter({ visible: true }).count();
          assert.equal(await rows(), 0);
          await fold.focus();
          await page.keyboard.press('Enter');
          assert.ok((await rows()) > 30, 'the units stand open');
        }
        const wanted = await page.$$eval('main a[href], main summary', (all) => all.filter((one) => one.checkVisibility()).length);
        const seen = [];
        const problems = [];
        await page.locator('a[href]').first().focus();
        for (let presses = 0; presses < wanted + 60; presses += 1) {
          await page.keyboard.press('Tab');
          const now = await page.evaluate(focused);
          if (!now.inMain) {
            if (seen.length > 0) break;
            continue;
          }
          seen.push(now.says);
          if (!now.outlined) problems.push(`no outline: ${now.says}`);
          if (now.covered) problems.push(`hidden: ${now.says}`);
        }
        none(problems, 'what cannot be seen with the keyboard');
        assert.equal(seen.length, wanted, `of ${wanted} links ${seen.length} are reached`);
      }));

    test('with a screen reader: the picture in sentences, the same in tables', () =>
      withPage(browser, { viewport: { width: 360, height: 780 } }, async (page) => {
        await open(page, server.base + cycle.url);
        const picture = page.getByRole('img', { name: /^Timeline of / });
        assert.equal(await picture.count(), 1);
        const name = await picture.getAttribute('aria-label');
        const table = page.getByRole('table').first();
        const rows = await table.getByRole('row').all();
        assert.ok(rows.length > 2, 'a row for each deliverable');
        assert.equal(await table.getByRole('columnheader').count(), 5);
        for (const row of rows.slice(1)) {
          assert.equal(await row.getByRole('rowheader').count(), 1);
          const cells = await row.getByRole('cell').allInnerTexts();
          const [due, , state] = cells.map((cell) => cell.trim());
          assert.ok(name.includes(`due ${due}: ${state}.`), `“${due}: ${state}” is not in “${name}”`);
        }
        assert.match(name, /Today is .+\. The table below has the same figures\.$/);
        // the picture's words are not read a second time
        assert.equal(await page.getByRole('img').getByRole('link').count(), 0);
      }));
  });
}
