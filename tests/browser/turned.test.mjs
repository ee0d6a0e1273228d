// The handbook from right to left: each kind of page is the mirror of the one from left to right, but for the charts.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, layOutEverything, open, watch, withPage } from './browser.mjs';
import { none } from './report.mjs';
import { serve } from './server.mjs';
import { readSite, samples, siteFromEnvironment } from './site.mjs';

const WIDTHS = [360, 768, 1440];
const ARABIC = /\p{Script=Arabic}/u;
const PARTS = ['.brand', '.menu', '.tools', '.contents', '.pages', '.above', '.below', '.ribbon li:first-child', '.figures > div:first-child', '.pager [rel=prev]', '.pager [rel=next]'];

const folder = process.env.OKRBOOK_TURNED;
const skip = folder ? false : 'OKRBOOK_TURNED is not set: it names the site of the handbook that turned.mjs writes';
const site = folder ? readSite(folder) : undefined;
const straight = siteFromEnvironment();
let browser;
let server;
let other;
before(async () => {
  if (skip) return;
  browser = await launch();
  server = await serve(site);
  other = await serve(straight);
});
after(async () => {
  await browser?.close();
  await server?.close();
  await other?.close();
});

const size = (width) => ({ width, height: width < 700 ? 780 : 900 });

/** Runs in the browser: what sticks out on the left or on the right, if the page scrolls sideways. */
function sideways() {
  const needed = document.scrollingElement.scrollWidth;
  if (needed <= innerWidth) return undefined;
  const room = document.documentElement.getBoundingClientRect();
  const out = [...document.body.querySelectorAll('*')]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.left < room.left - 1 || box.right > room.right + 1;
    })
    .slice(0, 4)
    .map((element) => element.cloneNode(false).outerHTML.slice(0, 80));
  return `${needed} px wide; ${out.join(' ')}`;
}

/** Runs in the browser: the middle of each part, as a fraction of the window. */
function middles(parts) {
  return Object.fromEntries(
    parts.flatMap((part) => {
      const box = document.querySelector(part)?.getBoundingClientRect();
      return box?.width ? [[part, (box.left + box.width / 2) / document.documentElement.clientWidth]] : [];
    }),
  );
}

test('every page says its language and its direction', { skip }, () => {
  const others = site.pages.filter(({ text }) => !text.includes('<html lang="ar" dir="rtl">'));
  none(others.map(({ path }) => path), 'pages without lang="ar" dir="rtl"');
});

describe('nothing scrolls sideways', { skip, concurrency: 2 }, () => {
  for (const about of site ? samples(site) : []) {
    test(about.name, () =>
      withPage(browser, {}, async (page) => {
        const wide = [];
        for (const width of WIDTHS) {
          await page.setViewportSize(size(width));
          await open(page, server.base + about.url);
          await layOutEverything(page);
          const found = await page.evaluate(sideways);
          if (found) wide.push(`${width} px: ${found}`);
        }
        none(wide, 'scrolls sideways');
      }),
    );
  }
});

describe('what stands on the left stands on the right', { skip, concurrency: 2 }, () => {
  for (const about of site ? samples(site) : []) {
    test(about.name, () =>
      withPage(browser, { viewport: size(1440) }, async (page) => {
        await open(page, server.base + about.url);
        const turned = await page.evaluate(middles, PARTS);
        await open(page, other.base + about.url);
        const plain = await page.evaluate(middles, PARTS);
        assert.ok(turned['.brand'] > 0.8 && turned['.tools'] < 0.2, JSON.stringify(turned));
        assert.deepEqual(Object.keys(turned), Object.keys(plain));
        const wrong = Object.entries(plain).filter(([part, at]) => Math.abs(at - 0.5) > 0.1 && at < 0.5 === turned[part] < 0.5);
        none(wrong.map(([part, at]) => `${part}: ${at.toFixed(2)}, turned ${turned[part].toFixed(2)}`), 'parts on the same side');
      }),
    );
  }
});

test('time runs from left to right on a chart, and its words from right to left', { skip }, () =>
  withPage(browser, { viewport: size(1440) }, async (page) => {
    await open(page, `${server.base}fy27-q1/timeline/`);
    const { weeks, label } = await page.evaluate(() => {
      const texts = [...document.querySelectorAll('.panel svg text')].filter((text) => text.checkVisibility());
      const left = (said) => texts.find((text) => text.textContent.trim() === said)?.getBoundingClientRect().left;
      const label = texts.find((text) => /^\d+ \p{Script=Arabic}/u.test(text.textContent));
      // where the digits at the beginning of a label stand, and where its last letter
      const [first, last] = [label.getStartPositionOfChar(0).x, label.getStartPositionOfChar(label.getNumberOfChars() - 1).x];
      return { weeks: ['1', '5', '10'].map(left), label: [first, last] };
    });
    assert.ok(weeks[0] < weeks[1] && weeks[1] < weeks[2], `weeks 1, 5, 10 at ${weeks}`);
    assert.ok(label[0] > label[1], `a label begins at ${label[0]} and ends at ${label[1]}`);
  }),
);

test('on a phone the present page of the cycle is in sight', { skip }, () =>
  withPage(browser, { viewport: size(360) }, async (page) => {
    await open(page, `${server.base}fy27-q1/review/`);
    const [bar, tab] = await page.evaluate(() =>
      ['.tabs', '.tabs [aria-current]'].map((part) => {
        const { left, right } = document.querySelector(part).getBoundingClientRect();
        return { left, right };
      }),
    );
    assert.ok(tab.left >= bar.left - 1 && tab.right <= bar.right + 1, JSON.stringify({ bar, tab }));
  }),
);

for (const width of [360, 1440]) {
  test(`the search at ${width} px: with keys, in the language, from right to left`, { skip }, () =>
    withPage(browser, { viewport: size(width) }, async (page) => {
      const seen = await watch(page, server.origin);
      await open(page, server.base);
      await page.keyboard.press('/');
      const field = page.locator('dialog.search input[role=combobox], dialog.search [role=combobox]').first();
      await field.fill('storm');
      await page.locator('[role=option]').first().waitFor();
      const { said, wide, mark, title } = await page.evaluate(() => {
        const dialog = document.querySelector('dialog.search');
        const parts = 'button, label, option, [role=status], [aria-label]';
        const said = [...dialog.querySelectorAll(parts)].map((part) => part.getAttribute('aria-label') || part.textContent.trim());
        const box = (part) => dialog.querySelector(part).getBoundingClientRect();
        return {
          said,
          wide: dialog.scrollWidth > dialog.clientWidth,
          mark: box('[role=option] .mark').left,
          title: box('[role=option] .t').right,
        };
      });
      const latin = said.filter((text) => /\p{L}/u.test(text) && !ARABIC.test(text));
      // what people called their cycles, levels and units stays as it is
      const theirs = /^(FY\d|Company|Product|Organisations|Teams|Esc)/;
      none(latin.filter((text) => !theirs.test(text) && !site.pages.some((page) => page.url.startsWith('units/') && page.text.includes(`<h1>${text}</h1>`))), 'words of the search in English');
      assert.ok(!wide, 'the dialog scrolls sideways');
      assert.ok(mark >= title - 1, `the symbol of a result stands at ${mark}, its title ends at ${title}`);
      const href = await page.locator('[role=option][aria-selected=true]').getAttribute('href');
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.href === new URL(href, server.base).href);
      none(seen.take(), 'what a page may not do');
    }),
  );
}

test('a card beside a reference stays in the window', { skip }, () =>
  withPage(browser, { viewport: size(1440) }, async (page) => {
    await open(page, `${server.base}fy27-q1/harbour/`);
    for (const side of ['.above .links a', '.below .links a']) {
      await page.locator(side).first().hover();
      const card = page.locator('#peek');
      await card.waitFor();
      const box = await card.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= 1440, `${side}: ${JSON.stringify(box)}`);
      await page.keyboard.press('Escape');
      await card.waitFor({ state: 'detached' });
    }
  }),
);
