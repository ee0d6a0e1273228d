// What the preview shows while something is wrong: the findings over the last good page, for those who see
// them, hear them or have no mouse, with a way into the editor; and nothing of it once all is mended.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { launch, open, watch, withPage } from './browser.mjs';
import { Handbook, Preview, asksInVain, isMarked, mark, program } from './preview.mjs';
import { none } from './report.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const FINDING = 'content/guide/finding.md';
const HARBOUR = 'content/okrs/fy27-q1/harbour/harbour.md';
const GOOD = 'supports = ["product-engineering/first-word/minutes"]';
const BAD = 'supports = ["product-engineering/first-word/minuets"]';
const breaks = () => handbook.type(HARBOUR, GOOD, BAD);
const mends = () => handbook.type(HARBOUR, BAD, GOOD);

let browser;
let editor;
let opened;
let handbook;
let preview;
before(async () => {
  if (!program) return;
  browser = await launch();
  // a program that opens files, as the author's own is asked: by an address
  editor = createServer((request, response) => {
    opened(Object.fromEntries(new URL(request.url, 'http://editor').searchParams));
    response.end();
  });
  await new Promise((done) => editor.listen(0, '127.0.0.1', done));
});
after(async () => {
  await browser?.close();
  editor?.close();
  editor?.closeAllConnections();
});
beforeEach(async () => {
  if (!program) return;
  handbook = new Handbook();
  const address = `http://127.0.0.1:${editor.address().port}/open?file={path}&line={line}&column={column}`;
  preview = await Preview.start(handbook, { more: ['--editor-url', address] });
});
afterEach(async () => {
  await preview?.stop();
  handbook?.drop();
});

const options = { skip: program ? false : 'OKRBOOK_PROGRAM names no program' };
const overlay = (page) => page.locator('#okrbook-overlay');
const gone = (page) => overlay(page).waitFor({ state: 'detached' });
const voice = (page, text) => page.locator('body > p[role=status]', { hasText: text }).waitFor({ state: 'attached' });
const on = (path, use, more = {}) =>
  withPage(browser, more, async (page, context) => {
    await open(page, preview.base + path);
    await use(page, context);
  });

describe('a mistake', options, () => {
  test('is shown as in the terminal, over the last good page, until it is mended', () =>
    on('fy27-q1/harbour/', async (page) => {
      const seen = await watch(page, preview.base);
      await mark(page);
      await page.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }));
      handbook.type(HARBOUR, 'Cancellations are entered on the bridge', 'Cancellations are lost on the bridge');
      await page.locator('main', { hasText: 'Cancellations are lost on the bridge' }).waitFor();
      await mark(page);
      handbook.type(HARBOUR, 'Cancellations are lost on the bridge', 'Cancellations are found on the bridge');
      await page.locator('main', { hasText: 'Cancellations are found on the bridge' }).waitFor();
      await mark(page);
      breaks();
      await overlay(page).waitFor();
      const findings = await overlay(page).locator('pre').allInnerTexts();
      const wrong = findings.find((text) => text.startsWith('error[reference/unknown]'));
      assert.ok(wrong, findings.join('\n'));
      assert.match(wrong, /minuets/);
      for (const text of findings) assert.ok(preview.said.includes(text.trimEnd()), `${text}\nis not what the terminal shows:\n${preview.said}`);
      assert.match(await overlay(page).locator('summary').innerText(), /^1 error.*: the last good pages stay$/);
      assert.ok(await page.locator('main', { hasText: 'Cancellations are found on the bridge' }).isVisible(), 'the last good page');
      assert.equal(await page.evaluate(() => scrollY), 900);
      assert.ok(await isMarked(page), 'it is put over the page, which stays as it is');
      mends();
      await gone(page);
      assert.ok(await isMarked(page), 'and taken away from it');
      none(seen.take(), 'what a page may not do');
    }));

  test('is on every page that is opened meanwhile, and leaves them all', () =>
    on('guide/', async (page, context) => {
      breaks();
      await overlay(page).waitFor();
      const other = await context.newPage();
      await open(other, `${preview.base}fy27-q1/`);
      await overlay(other).waitFor();
      const none = await context.newPage();
      await open(none, `${preview.base}no/such/page/`);
      await overlay(none).waitFor();
      mends();
      await Promise.all([page, other, none].map(gone));
    }));

  test('leads into the editor, to the place', () =>
    on('guide/', async (page) => {
      breaks();
      const asked = new Promise((done) => { opened = done; });
      await overlay(page).locator('a', { hasText: 'harbour.md:9:' }).click();
      const { file, line, column } = await asked;
      assert.equal(file, handbook.path(HARBOUR));
      const text = handbook.text(HARBOUR).split('\n')[Number(line) - 1];
      assert.ok(text.slice(Number(column) - 1).startsWith('"product-engineering/first-word/minuets"'), `${line}:${column}`);
    }));

  test('is told to who does not see it, once it comes and once it goes', () =>
    on('guide/', async (page, context) => {
      breaks();
      await voice(page, /^1 error/);
      const other = await context.newPage();
      await open(other, `${preview.base}guide/finding/`);
      await voice(other, /^1 error/);
      mends();
      await voice(page, 'the errors are mended');
      await voice(other, 'the errors are mended');
    }));

  test('is reached by keys, stays folded and keeps the focus when another comes', () =>
    on('guide/', async (page) => {
      breaks();
      await overlay(page).waitFor();
      const focused = () => page.evaluate(() => document.activeElement.outerHTML.slice(0, 60));
      // backwards, it is what comes first
      await page.keyboard.press('Shift+Tab');
      for (let at = 0; at < 20 && !(await focused()).startsWith('<a href="http://127.0.0.1'); at += 1) {
        await page.keyboard.press('Shift+Tab');
      }
      assert.match(await focused(), /^<a href="http:\/\/127\.0\.0\.1:\d+\/open/);
      handbook.type('book.toml', '[book]', '[book]\nsubtitle = "x"');
      await overlay(page).locator('summary', { hasText: '2 errors' }).waitFor();
      assert.match(await focused(), /^<a href="http:\/\/127\.0\.0\.1:\d+\/open/);
      await overlay(page).locator('summary').focus();
      await page.keyboard.press('Enter');
      assert.ok(await overlay(page).locator('pre').first().isHidden());
      handbook.type('book.toml', 'subtitle = "x"', '');
      await overlay(page).locator('summary', { hasText: '1 error' }).waitFor();
      assert.ok(await overlay(page).locator('pre').first().isHidden(), 'it stays folded');
      assert.match(await focused(), /^<summary/);
    }));

  test('is right for axe, in both schemes, and within a phone', async () => {
    breaks();
    for (const [colorScheme, width] of [['light', 1440], ['dark', 360]]) {
      await on('fy27-q1/harbour/', async (page) => {
        await overlay(page).waitFor();
        await page.addScriptTag({ content: AXE });
        const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), AXE_TAGS);
        none(violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html}`), 'violations');
        assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'no sideways scrolling');
        const box = await overlay(page).boundingBox();
        assert.ok(box.height < 900 * 0.6 && box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
      }, { colorScheme, viewport: { width, height: 900 } });
    }
  });

  test('is not printed', () =>
    on('guide/', async (page) => {
      breaks();
      await overlay(page).waitFor();
      await page.emulateMedia({ media: 'print' });
      assert.ok(await overlay(page).isHidden());
    }));

  test('in a name or a text stays text', () =>
    on('guide/', async (page) => {
      const hostile = '<img src=x onerror="hit()"><svg onload=hit()>';
      await page.exposeFunction('hit', () => { hits += 1; });
      let hits = 0;
      handbook.put(`content/okrs/fy27-q1/${hostile.replaceAll('/', '')}.md`, '+++\nshared = "</pre><script>hit()</script>"\n+++\n');
      handbook.put('content/guide/a"b\'c&d`.md', '+++\ntitle = "</aside><iframe src=javascript:hit()>"\ntitel = 1\n+++\n\n# x\n');
      await overlay(page).locator('pre', { hasText: 'titel' }).waitFor();
      await overlay(page).locator('pre', { hasText: 'onerror="hit()"' }).first().waitFor();
      const names = await overlay(page).evaluate((element) => [...new Set([...element.querySelectorAll('*')].map((one) => one.localName))].sort());
      assert.deepEqual(names, ['a', 'details', 'div', 'link', 'pre', 'summary']);
      for (const link of await overlay(page).locator('a').evaluateAll((all) => all.map((one) => one.href))) {
        assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/open\?file=\/[^"'<> ]*&line=\d+&column=\d+$/);
      }
      assert.equal(hits, 0);
    }));
});

describe('a handbook', options, () => {
  test('that is wrong from the start is shown as far as it goes, and recovers', async () => {
    await preview.stop();
    breaks();
    preview = await Preview.start(handbook);
    await on('guide/finding/', async (page) => {
      await overlay(page).locator('summary', { hasText: /^1 error/ }).waitFor();
      handbook.type(FINDING, 'Nobody walks', 'Nobody strolls');
      await page.locator('main', { hasText: 'Nobody strolls' }).waitFor();
      mends();
      await gone(page);
    });
  });

  test('that goes away as a whole is told, and comes back', () =>
    on('guide/finding/', async (page) => {
      handbook.move('book.toml', 'book.away');
      await overlay(page).locator('pre', { hasText: 'book.toml' }).waitFor();
      assert.ok(await page.locator('main', { hasText: 'Nobody walks' }).isVisible());
      handbook.move('book.away', 'book.toml');
      await gone(page);
    }));

  test('that has only warnings has no overlay', () =>
    on('guide/finding/', async (page) => {
      const vain = asksInVain(page);
      handbook.type(HARBOUR, 'title = "Cancellations are entered on the bridge"', `title = "${'Cancellations are entered on the bridge '.repeat(5).trim()}"`);
      await vain;
      assert.match(preview.said, /warning\[/);
      assert.equal(await overlay(page).count(), 0);
    }));
});
