// The preview beside an editor: what is saved is seen, and nothing else moves. A copy of the sample handbook is
// edited while `okrbook serve` runs. OKRBOOK_PROGRAM names the program.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { launch, open, watch, withPage } from './browser.mjs';
import { Handbook, Preview, asksInVain, isMarked, mark, program } from './preview.mjs';
import { none } from './report.mjs';

const FINDING = 'content/guide/finding.md';
const HARBOUR = 'content/okrs/fy27-q1/harbour/harbour.md';
const NEW = 'Nobody strolls through them';
const edit = () => handbook.type(FINDING, 'Nobody walks through them', NEW);

let browser;
let handbook;
let preview;
before(async () => { if (program) browser = await launch(); });
after(() => browser?.close());
beforeEach(async () => {
  if (!program) return;
  handbook = new Handbook();
  preview = await Preview.start(handbook);
});
afterEach(async () => {
  await preview?.stop();
  handbook?.drop();
});

const options = { skip: program ? false : 'OKRBOOK_PROGRAM names no program' };
const on = (path, use, more = {}) =>
  withPage(browser, more, async (page, context) => {
    await open(page, preview.base + path);
    await use(page, context);
  });
const shows = (page, text) => page.locator('main', { hasText: text }).waitFor();
/** Waits until what came into sight has its length. */
const still = (page) => page.evaluate(() => new Promise((done) => {
  let [last, same] = [-1, 0];
  const look = () => {
    same = last === scrollY ? same + 1 : 0;
    last = scrollY;
    if (same > 3) done(); else requestAnimationFrame(look);
  };
  look();
}));
/** The heading nearest to the top of the window, and how high it stands there. */
const placeOf = (page) => page.evaluate(() => {
  const far = (one) => Math.abs(one.getBoundingClientRect().top);
  const [heading] = [...document.querySelectorAll('main h2, main h3')].sort((one, other) => far(one) - far(other));
  return { text: heading.textContent, top: heading.getBoundingClientRect().top };
});
const hasPlace = (page, { text, top }) => page.waitForFunction(({ text, top }) => {
  const heading = [...document.querySelectorAll('main h2, main h3')].find((one) => one.textContent === text);
  return heading && Math.abs(heading.getBoundingClientRect().top - top) < 2;
}, { text, top });
/** Another tab, at another page. */
const also = async (context, path) => {
  const page = await context.newPage();
  await open(page, preview.base + path);
  return page;
};

describe('a save', options, () => {
  test('is seen without a touch, and a page that it does not change is not loaded again', () =>
    on('guide/finding/', async (page, context) => {
      const seen = await watch(page, preview.base);
      const other = await also(context, 'guide/publishing/');
      await Promise.all([mark(page), mark(other)]);
      const vain = asksInVain(other);
      edit();
      await shows(page, NEW);
      await vain;
      assert.ok(!(await isMarked(page)), 'its bytes changed');
      assert.ok(await isMarked(other), 'this one did not');
      // and it did not fall asleep over that
      handbook.type('content/guide/publishing.md', '## A plain web server', '## A bare web server');
      await shows(other, 'A bare web server');
      none(seen.take(), 'what a page may not do');
    }));

  test('leaves the place, the focus, what is unfolded, the query and the fragment', () =>
    on('fy27-q1/harbour/?from=mail#decision', async (page) => {
      const url = page.url();
      const folds = page.locator('main details');
      const fold = folds.nth(await folds.evaluateAll((all) => all.findIndex((one) => !one.open)));
      await fold.locator('summary').click();
      assert.ok(await fold.evaluate((element) => element.open));
      const link = page.locator('main a[href]:visible').nth(40);
      await link.focus();
      const href = await link.evaluate((element) => element.href);
      await page.evaluate(() => scrollTo({ top: 1234, behavior: 'instant' }));
      await still(page);
      const place = await placeOf(page);
      await mark(page);
      // a title far above what is read grows by some lines
      handbook.type(HARBOUR, "A skipper's decision travels", `A skipper's decision flies ${'far and wide '.repeat(30)}`);
      await shows(page, "A skipper's decision flies");
      await hasPlace(page, place);
      assert.ok(!(await isMarked(page)));
      assert.equal(page.url(), url);
      assert.equal(await page.evaluate(() => document.activeElement.href), href);
      assert.ok(await fold.evaluate((element) => element.open), 'what was unfolded');
      // what was scrolled since is not scrolled back
      await page.evaluate(() => scrollTo({ top: 400, behavior: 'instant' }));
      await still(page);
      const next = await placeOf(page);
      handbook.type(HARBOUR, 'Cancellations are entered on the bridge', 'Cancellations are typed on the bridge');
      await shows(page, 'Cancellations are typed on the bridge');
      await hasPlace(page, next);
    }));

  test('leaves the top where it is, however the text grows', () =>
    on('guide/finding/', async (page) => {
      handbook.type(FINDING, '## Searching', `${'First of all. '.repeat(50)}\n\n## Searching`);
      await shows(page, 'First of all.');
      assert.equal(await page.evaluate(() => scrollY), 0);
    }));

  test('of a style sheet changes the look and loads no page', async () => {
    handbook.type('book.toml', 'theme = "default"', 'theme = "lantern"');
    await preview.serves('guide/finding/', 'lantern');
    await on('guide/finding/', async (page) => {
      await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--radius') === '6px');
      await mark(page);
      const sheets = () => page.locator('head link[rel=stylesheet]').count();
      const before = await sheets();
      for (const radius of ['11px', '13px']) {
        handbook.put('themes/lantern/static/lantern.css', `@layer tokens { :root { --radius: ${radius}; } }\n`);
        await page.waitForFunction((wanted) =>
          getComputedStyle(document.documentElement).getPropertyValue('--radius') === wanted, radius);
      }
      await page.waitForFunction((wanted) => document.querySelectorAll('head link[rel=stylesheet]').length === wanted, before);
      assert.ok(await isMarked(page), 'it was not loaded again');
    });
  });

  test('of another theme is seen too', () =>
    on('guide/finding/', async (page) => {
      handbook.type('book.toml', 'theme = "default"', 'theme = "lantern"');
      await page.locator('.motto').waitFor();
    }));

  test('comes to every tab, and waits for who is searching', () =>
    on('guide/finding/', async (page, context) => {
      const tabs = [page, await also(context, 'guide/finding/'), await also(context, 'guide/finding/#feed')];
      await page.keyboard.press('/');
      const field = page.getByRole('combobox', { name: 'Search the handbook' });
      await field.fill('storm');
      edit();
      await Promise.all(tabs.slice(1).map((tab) => shows(tab, NEW)));
      assert.equal(await field.inputValue(), 'storm');
      await page.keyboard.press('Escape');
      await shows(page, NEW);
    }));

  test('is found by the search, on a page that did not change and was searched before', () =>
    on('guide/finding/', async (page) => {
      const field = page.getByRole('combobox', { name: 'Search the handbook' });
      const status = page.locator('dialog [role=status]');
      await page.keyboard.press('/');
      await field.fill('xylophone');
      await status.filter({ hasText: 'Nothing' }).waitFor();
      await page.keyboard.press('Escape');
      await mark(page);
      const vain = asksInVain(page);
      handbook.type(HARBOUR, "A skipper's decision travels", 'A xylophone travels');
      await vain;
      await page.keyboard.press('/');
      await field.fill('xylophon');
      await page.locator('#hit-0', { hasText: 'A xylophone travels at the speed of the radio' }).waitFor();
      assert.ok(await isMarked(page));
      await page.keyboard.press('Enter');
      await page.waitForURL(/fy27-q1\/harbour\/#decision$/);
    }));
});

describe('a page that goes', options, () => {
  test('says so when it is deleted, and comes back', () =>
    on('guide/finding/', async (page) => {
      const text = handbook.text(FINDING);
      handbook.remove(FINDING);
      // what links to it is an error, and the last good pages stay
      await page.locator('#okrbook-overlay', { hasText: 'the last good pages stay' }).waitFor();
      assert.ok(await page.locator('main', { hasText: 'Searching' }).isVisible());
      handbook.put(FINDING, text);
      await page.locator('#okrbook-overlay').waitFor({ state: 'detached' });
    }));

  test('says so where nothing links to it, and comes back by itself', async () => {
    handbook.put('content/guide/alone.md', '# Alone\n\nFirst.\n');
    await preview.serves('guide/alone/', 'First.');
    await on('guide/alone/?x#y', async (page) => {
      await shows(page, 'First.');
      handbook.remove('content/guide/alone.md');
      await shows(page, 'There is no page at this address');
      handbook.put('content/guide/alone.md', '# Alone\n\nSecond.\n');
      await shows(page, 'Second.');
      assert.match(page.url(), /guide\/alone\/\?x#y$/);
      handbook.move('content/guide/alone.md', 'content/guide/apart.md');
      await shows(page, 'There is no page at this address');
      await preview.serves('guide/apart/', 'Second.');
      await open(page, `${preview.base}guide/apart/`);
      await shows(page, 'Second.');
    });
  });
});

describe('a connection', options, () => {
  const again = async () => { preview = await Preview.start(handbook, { port: preview.port }); };

  test('that is lost comes back by itself, and what is the same stays', () =>
    on('guide/finding/', async (page) => {
      await mark(page);
      await preview.stop();
      const vain = asksInVain(page);
      await again();
      await vain;
      assert.ok(await isMarked(page), 'a restart is no reason to load');
      edit();
      await shows(page, NEW);
    }));

  test('that comes back to another handbook shows it', () =>
    on('guide/finding/', async (page) => {
      await preview.stop();
      edit();
      await again();
      await shows(page, NEW);
    }));

  test('of a page that arrives late tells that it is old', () =>
    on('guide/publishing/', async (page, context) => {
      const late = await context.newPage();
      await late.route('**/guide/finding/', async (route) => {
        // what was asked for before the save arrives after it
        const old = await route.fetch();
        const vain = asksInVain(page);
        edit();
        await vain;
        await route.fulfill({ response: old });
      }, { times: 1 });
      await late.goto(`${preview.base}guide/finding/`);
      await shows(late, NEW);
    }));

  test('is given up by a tab that is not seen, which notices when it is seen again', async () => {
    const seen = (state) => (page) => page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
    await on('guide/finding/', async (page, context) => {
      const other = await also(context, 'guide/finding/');
      await mark(page);
      await seen('hidden')(page);
      edit();
      await shows(other, NEW);
      assert.ok(await isMarked(page), 'it sleeps');
      await seen('visible')(page);
      await shows(page, NEW);
    });
  });

  test('is refused to another site, whatever it tries', () =>
    withPage(browser, {}, async (page) => {
      const evil = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>evil</p>'));
      await new Promise((done) => evil.listen(0, '127.0.0.1', done));
      try {
        await page.goto(`http://127.0.0.1:${evil.address().port}/`);
        const read = await page.evaluate(async (base) => {
          const element = (name, attributes) => new Promise((done) => {
            const made = Object.assign(document.createElement(name), attributes);
            made.onload = () => done(name === 'iframe' ? Boolean(made.contentDocument?.body?.innerText) : true);
            made.onerror = () => done(false);
            document.body.append(made);
          });
          globalThis.okrbookSearch = () => { globalThis.hasIndex = true; };
          const all = {
            fetch: await fetch(`${base}okrs.json`).then((reply) => reply.ok, () => false),
            script: await element('script', { src: `${base}search/index.js` }),
            picture: await element('img', { src: `${base}icon.svg` }),
            frame: await element('iframe', { src: base }),
            events: await new Promise((done) => {
              const source = new EventSource(`${base}__okrbook/events`);
              source.onopen = () => done(true);
              source.onerror = () => { source.close(); done(false); };
            }),
          };
          return Object.keys(all).filter((name) => all[name]).concat(globalThis.hasIndex ? 'index' : []);
        }, preview.base);
        assert.deepEqual(read, []);
      } finally {
        await new Promise((done) => { evil.close(done); evil.closeAllConnections(); });
      }
    }));
});
