// Reading as people do: a card beside a reference, the bar on a phone, light and dark, without scripts, with the
// colours of the system, on paper, and with the tools of other programs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { launch, open, watch, withPage } from './browser.mjs';
import { none } from './report.mjs';
import { serve } from './server.mjs';
import { samples, siteFromEnvironment } from './site.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };
const HARBOUR = 'fy27-q1/harbour/';

const site = siteFromEnvironment();
let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(site, { prefix: '/okrs/' });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const on = (path, options, use) =>
  withPage(browser, options, async (page, context) => {
    const seen = options.bypassCSP ? { take: () => [] } : await watch(page, server.origin);
    await open(page, server.base + path);
    await use(page, context);
    none(seen.take(), 'what a page may not do');
  });

describe('a card beside a reference', () => {
  /** A reference to a key result on another page. */
  const reference = (page) => page.locator('main .links a[href*="/product-engineering/#"]:visible').first();
  const card = (page) => page.getByRole('tooltip');

  test('comes when the mouse rests on it, says what is behind it, stays under the mouse, and goes', () =>
    on(HARBOUR, {}, async (page) => {
      const link = reference(page);
      await link.hover();
      await card(page).waitFor();
      const [title, text] = [(await link.innerText()).trim(), await card(page).innerText()];
      assert.ok(text.includes(title), `${text}\nis not about ${title}`);
      assert.match(text, /^Product and Engineering, FY27-Q1\n/);
      assert.match(text, / → .*\s+.* · .*pace/, 'what was agreed, and where it stands');
      assert.equal(await link.getAttribute('aria-describedby'), await card(page).getAttribute('id'));
      const inside = await card(page).evaluate((element) => {
        const box = element.getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
      });
      assert.ok(inside, 'it is within the window');
      await card(page).hover();
      await page.waitForTimeout(400); // longer than it takes to go
      assert.equal(await card(page).count(), 1, 'the mouse may rest on it');
      await page.mouse.move(2, 2);
      await card(page).waitFor({ state: 'detached' });
      assert.equal(await link.getAttribute('aria-describedby'), null);
    }));

  test('comes with the keyboard, and Escape closes it while the focus stays', () =>
    on(HARBOUR, {}, async (page) => {
      const link = reference(page);
      // the focus of a key, not of a click
      await link.evaluate((element) => element.setAttribute('data-wanted', ''));
      await page.keyboard.press('Tab');
      for (let at = 0; at < 400; at += 1) {
        if (await page.evaluate(() => document.activeElement.hasAttribute('data-wanted'))) break;
        await page.keyboard.press('Tab');
      }
      await card(page).waitFor();
      await page.keyboard.press('Escape');
      assert.equal(await card(page).count(), 0);
      assert.ok(await link.evaluate((element) => element === document.activeElement), 'the focus stays');
      await page.keyboard.press('Shift+Tab');
      assert.equal(await card(page).count(), 0);
    }));

  test('does not come to a finger, nor without a server', () =>
    on(HARBOUR, PHONE, async (page) => {
      let asked = 0;
      page.on('request', () => { asked += 1; });
      await reference(page).dispatchEvent('pointerover', { pointerType: 'touch', bubbles: true });
      await page.waitForTimeout(600); // longer than it takes to come
      assert.equal(await card(page).count(), 0);
      assert.equal(asked, 0);
    }));

  test('is right for axe, in both schemes', async () => {
    for (const colorScheme of ['light', 'dark']) {
      await on(HARBOUR, { bypassCSP: true, colorScheme }, async (page) => {
        await page.addScriptTag({ content: AXE });
        await reference(page).hover();
        await card(page).waitFor();
        const { violations } = await page.evaluate(() => globalThis.axe.run('#peek'));
        none(violations.map(({ id, help }) => `${id}: ${help}`), 'violations');
      });
    }
  });
});

describe('on a phone', () => {
  test('the other pages of the guide are one touch away, without scripts too', () =>
    withPage(browser, { ...PHONE, javaScriptEnabled: false, reducedMotion: 'reduce' }, async (page) => {
      await page.goto(`${server.base}guide/format/`, { waitUntil: 'load' });
      const list = page.getByRole('navigation', { name: 'Pages' });
      assert.ok((await list.boundingBox()).y > PHONE.viewport.height, 'the list is far below');
      await page.getByRole('link', { name: 'Pages', exact: true }).tap();
      const { y } = await list.boundingBox();
      assert.ok(y >= 0 && y < PHONE.viewport.height, `it is in sight: ${y}`);
      await list.getByRole('link', { name: 'Commands' }).tap();
      await page.waitForURL(/guide\/commands\/$/);
    }),
  );

  test('on a wide screen, where they stand beside the text, no link leads there', () =>
    on('guide/format/', {}, async (page) => {
      assert.ok(await page.getByRole('navigation', { name: 'Pages' }).isVisible());
      assert.ok(await page.locator('.to-pages').isHidden());
    }),
  );

  test('the bar leads everywhere: cycles in a menu, the pages of a cycle side by side, the search', () =>
    on('fy27-q1/review/', PHONE, async (page) => {
      const tab = page.locator('.tabs a[aria-current=page]');
      const box = await tab.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= 360, 'the present tab is in sight');
      const menu = page.locator('.bar details.menu');
      await menu.locator('summary').tap();
      await menu.locator('a', { hasText: 'FY26-Q4' }).waitFor();
      const wide = await menu.locator('ul').evaluate((list) => {
        const box = list.getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth;
      });
      assert.ok(wide, 'the menu is within the screen');
      await menu.locator('a', { hasText: 'FY26-Q4' }).tap();
      await page.waitForURL(/\/fy26-q4\/$/);
      await page.locator('.tabs a', { hasText: 'Contracts' }).tap();
      await page.waitForURL(/\/fy26-q4\/contracts\/$/);
      await page.getByRole('button', { name: 'Search' }).tap();
      await page.getByRole('combobox', { name: 'Search the handbook' }).waitFor();
    }));

  test('Escape and a touch elsewhere close the menu', () =>
    on('fy27-q1/', PHONE, async (page) => {
      const menu = page.locator('.bar details.menu');
      await menu.locator('summary').tap();
      await page.locator('h1').tap();
      assert.equal(await menu.evaluate((element) => element.open), false);
      await menu.locator('summary').tap();
      await page.keyboard.press('Escape');
      assert.equal(await menu.evaluate((element) => element.open), false);
    }));
});

describe('light, dark, automatic', () => {
  const canvas = (page) => page.evaluate(() => {
    const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
    return (r + g + b) / 3 > 128 ? 'light' : 'dark';
  });

  test('what one chooses holds on every page, and automatic is the system again', () =>
    on('', { colorScheme: 'dark' }, async (page) => {
      assert.equal(await canvas(page), 'dark');
      await page.getByRole('radio', { name: 'light' }).check({ force: true });
      assert.equal(await canvas(page), 'light');
      await open(page, `${server.base}fy27-q1/`);
      assert.equal(await canvas(page), 'light');
      assert.ok(await page.getByRole('radio', { name: 'light' }).isChecked());
      await page.getByRole('radio', { name: 'automatic' }).check({ force: true });
      assert.equal(await canvas(page), 'dark');
      await page.emulateMedia({ colorScheme: 'light' });
      assert.equal(await canvas(page), 'light');
    }));

  test('by keys, and in another window at once', () =>
    on('', { colorScheme: 'light' }, async (page, context) => {
      const other = await context.newPage();
      await open(other, `${server.base}fy27-q1/`);
      await page.getByRole('radio', { name: 'automatic' }).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.equal(await canvas(page), 'dark');
      await other.waitForFunction(() => document.documentElement.dataset.scheme === 'dark');
    }));
});

test('a permalink copies its address, and that is said', () =>
  on(HARBOUR, { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    const link = page.locator('main h2 a.permalink').first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.locator('.said', { hasText: 'The link is copied' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await link.evaluate((element) => element.href));
  }));

test('the strip of a long document stays in sight and marks the objective that one reads', () =>
  withPage(browser, { reducedMotion: 'reduce' }, async (page) => {
    await open(page, server.base + 'fy27-q1/product-engineering/');
    await page.locator('.jump a[href="#self-start"]').click();
    await page.locator('.jump a[aria-current=location][href="#self-start"]').waitFor();
    const strip = await page.locator('.jump').boundingBox();
    const head = await page.locator('#self-start').boundingBox();
    assert.ok(strip.y >= 0 && strip.y < 1, `it left the screen: ${strip.y}`);
    assert.ok(head.y >= strip.y + strip.height - 1, `it covers what it leads to: ${head.y}`);
    await page.setViewportSize({ width: 360, height: 780 });
    assert.equal(await page.locator('.jump a[href="#self-start"]').isVisible(), false, 'the list above has the objectives');
    assert.ok(await page.locator('.jump a[href="#part-feedback"]').isVisible());
  }));

test('the contents of a page mark the section that one reads', () =>
  on('guide/publishing/', {}, async (page) => {
    await page.goto(`${server.base}guide/publishing/#web-server`);
    await page.locator('.contents a[aria-current=location][href="#web-server"]').waitFor();
    assert.equal(await page.locator('.contents [aria-current]').count(), 1);
  }));

for (const [path, list] of [['guide/publishing/', '.contents'], ['fy27-q1/product-engineering/', '.jump']]) {
  test(`who reads ${path} to its end is shown every section of the contents, and who asks for one that one`, () =>
    withPage(browser, { reducedMotion: 'reduce' }, async (page) => {
      await open(page, server.base + path);
      const links = await page.locator(`${list} a[href*="#"]:visible`).evaluateAll((all) => all.map((one) => one.hash));
      assert.ok(links.length > 3);
      const seen = await page.evaluate(async (list) => {
        const marks = new Set();
        const frame = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
        for (let last = -1; last !== scrollY;) {
          last = scrollY;
          scrollBy({ top: 30, behavior: 'instant' });
          await frame();
          for (const one of document.querySelectorAll(`${list} [aria-current]`)) marks.add(one.hash);
        }
        return [...marks];
      }, list);
      assert.deepEqual(seen, links);
      for (const hash of links.toReversed()) {
        await page.locator(`${list} a[href$="${hash}"]`).first().click();
        await page.locator(`${list} a[aria-current=location][href$="${hash}"]`).waitFor();
      }
      // an address that no browser wrote breaks nothing
      await page.evaluate(() => { location.hash = '#%zz'; });
      await page.locator(`${list} a[href$="${links[1]}"]`).first().click();
      await page.locator(`${list} a[aria-current=location][href$="${links[1]}"]`).waitFor();
    }));
}

describe('without JavaScript', () => {
  test('one gets from the first page to a key result, and nothing is offered that does not work', () =>
    withPage(browser, { javaScriptEnabled: false }, async (page) => {
      await page.goto(server.base);
      assert.ok(await page.locator('.find').isHidden());
      assert.ok(await page.locator('.scheme').isHidden());
      await page.locator('.bar details.menu summary').click();
      await page.locator('.bar details.menu a', { hasText: 'FY27-Q1' }).click();
      await page.locator('main a', { hasText: 'Harbour' }).first().click();
      await page.waitForURL(/\/fy27-q1\/harbour\/(#.*)?$/);
      await page.locator('main summary', { hasText: /check-in/i }).first().click();
      assert.ok(await page.locator('main details.data table').first().isVisible());
    }));
});

test('with the colours of the system what is chosen and what is present can be told', () =>
  on('fy27-q1/contracts/', { forcedColors: 'active' }, async (page) => {
    const border = (locator) => locator.evaluate((element) => getComputedStyle(element).borderBottomColor);
    const present = await border(page.locator('.tabs a[aria-current]'));
    assert.notEqual(present, await border(page.locator('.tabs a:not([aria-current])').first()));
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Search the handbook' }).fill('storm');
    const chosen = page.locator('[role=option][aria-selected=true]');
    await chosen.waitFor();
    assert.equal(await chosen.evaluate((element) => getComputedStyle(element).outlineStyle), 'solid');
    const button = page.locator('dialog .kinds button').first();
    const ground = (locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);
    const before = await ground(button);
    await button.click();
    assert.notEqual(await ground(button), before);
  }));

test('a whole cycle on paper: every document, no navigation, no objective cut from its title', () =>
  on('fy27-q1/print/', {}, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => ({
      bar: [...document.querySelectorAll('.bar, .find, .tabs')].filter((element) => element.checkVisibility()).length,
      whole: [...document.querySelectorAll('.paper .o')].every((element) => getComputedStyle(element).breakInside === 'avoid'),
      units: [...document.querySelectorAll('.paper .doc h3')].map((element) => element.innerText.trim()),
    }));
    assert.equal(seen.bar, 0);
    assert.ok(seen.whole);
    for (const unit of ['Tholepin', 'Product and Engineering', 'Harbour', 'Disruption']) {
      assert.ok(seen.units.some((title) => title.includes(unit)), `${unit} in ${seen.units}`);
    }
    const pdf = await page.pdf({ format: 'A4' });
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;
    assert.ok(sheets >= 3 && sheets < 40, `${sheets} sheets`);
  }));

describe('previews in other programs', () => {
  const of = (text, name) => text.match(new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`))?.[1];
  const full = site.pages.filter((page) => of(page.text, 'og:url'));

  for (const page of samples(site).filter(({ kind }) => kind !== 'not-found')) {
    test(`${page.name}: a title, a sentence, an address`, () => {
      assert.ok(full.length > 0, 'the site is built for a full address');
      assert.ok(of(page.text, 'og:title'), 'a title');
      assert.ok((of(page.text, 'og:description') ?? '').length > 15, 'a sentence');
      assert.equal(of(page.text, 'og:description'), of(page.text, 'description'));
      assert.ok(of(page.text, 'og:url').endsWith(`/${page.url}`), of(page.text, 'og:url'));
      assert.ok(['website', 'article'].includes(of(page.text, 'og:type')));
    });
  }
});
