// The search, as readers use it: with keys alone, with a mouse and filters, on a phone, with a screen reader,
// from a folder on the disk, and on a page that is older than the site. The sample handbook is searched.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch, open, watch, withPage } from './browser.mjs';
import { none } from './report.mjs';
import { serve } from './server.mjs';
import { siteFromEnvironment } from './site.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PHONE = { viewport: { width: 360, height: 780 } };

const site = siteFromEnvironment();
let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(site, { prefix: '/some/where/' });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const field = (page) => page.getByRole('combobox', { name: 'Search the handbook' });
const options = (page) => page.locator('[role=listbox] [role=option]');
const status = (page) => page.locator('dialog [role=status]');

/** Waits until the search has answered: the number of results as the status says it. */
async function answered(page, query, expected) {
  await field(page).fill(query);
  await status(page).filter({ hasText: expected }).waitFor({ state: 'attached' });
}

/** Opens a page of the sample, and the search on it. */
async function searching(options, use) {
  await withPage(browser, options, async (page) => {
    const seen = await watch(page, server.origin);
    await open(page, `${server.base}fy27-q1/harbour/`);
    await page.locator('.find').click();
    await field(page).waitFor();
    await use(page);
    none(seen.take(), 'what a page may not do');
  });
}

describe('with keys alone', () => {
  test('a slash opens it, arrows choose, Enter goes to the place', () =>
    withPage(browser, {}, async (page) => {
      const seen = await watch(page, server.origin);
      await open(page, server.base);
      await page.keyboard.press('/');
      await field(page).waitFor();
      assert.ok(await field(page).evaluate((input) => input === document.activeElement), 'the field has the focus');
      assert.equal(await field(page).inputValue(), '', 'the slash itself is not typed');
      await page.keyboard.type('days from signing');
      await status(page).filter({ hasText: /result/ }).waitFor();
      await page.locator('#hit-0', { hasText: 'first sale' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      const active = await field(page).getAttribute('aria-activedescendant');
      const chosen = page.locator(`#${active}`);
      assert.equal(await chosen.getAttribute('aria-selected'), 'true');
      assert.match(await chosen.innerText(), /signing to a line's first sale/);
      await page.keyboard.press('Enter');
      await page.waitForURL(/fy27-q1\/product-engineering\/#self-start\/first-sale$/);
      none(seen.take(), 'what a page may not do');
    }),
  );

  test('Control and K open it, Escape closes it and gives the focus back', () =>
    withPage(browser, {}, async (page) => {
      await open(page, `${server.base}fy27-q1/`);
      const link = page.locator('main a[href]').first();
      await link.focus();
      await page.keyboard.press('Control+k');
      await field(page).waitFor();
      await answered(page, 'storm', /\d+ results/);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('dialog[open]').count(), 0, 'one Escape is enough, with words in the field too');
      assert.ok(await link.evaluate((element) => element === document.activeElement), 'the focus is back');
      await page.keyboard.press('Control+k');
      assert.equal(await field(page).inputValue(), 'storm', 'what was looked for is still there');
    }),
  );

  test('the arrows reach every result, more of them as they come to the end', () =>
    searching({}, async (page) => {
      await answered(page, 'line', /\d+ results/);
      const all = Number((await status(page).innerText()).match(/\d+/)[0]);
      assert.ok(all > 15, `${all} results`);
      assert.equal(await options(page).count(), 10);
      for (let at = 0; at < all; at += 1) {
        await page.keyboard.press('ArrowDown');
        if (at > 6) await page.locator(`#hit-${Math.min(at + 1, all - 1)}`).waitFor();
      }
      assert.equal(await options(page).count(), all);
      assert.equal(await field(page).getAttribute('aria-activedescendant'), `hit-${all - 1}`);
    }),
  );

  test('where the slash is switched off, it is a slash; Control and K still open', () =>
    searching({}, async (page) => {
      await page.getByRole('checkbox', { name: /opens this/ }).uncheck();
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      assert.equal(await page.locator('dialog[open]').count(), 0);
      assert.equal(await page.locator('.find').getAttribute('aria-keyshortcuts'), 'Control+K');
      await open(page, `${server.base}fy27-q1/`);
      await page.keyboard.press('/');
      await page.keyboard.press('Control+k');
      await field(page).waitFor();
      assert.equal(await field(page).inputValue(), '', 'the first key did nothing');
    }),
  );
});

describe('what is found', () => {
  const finds = (query, first) =>
    test(`${query}: first ${first}`, () =>
      searching({}, async (page) => {
        await answered(page, query, /result|near/);
        assert.match((await options(page).first().innerText()).replace(/\s+/g, ' '), first);
      }));
  finds('leave home', /^Passengers know what happens before they leave home Tholepin · FY27-Q1 \d+ % objective/); // an objective
  finds('caught before they', /^Wrong notices are caught before they leave Disruption · FY27-Q1 · The notice is out.* key result/); // a key result
  finds('harbour entered bridge', /^Cancellations are entered on the bridge/); // with the name of its unit
  finds('disputed refunding', /^Disputed refunds stay few/); // by its beginning, where nobody wrote the word
  finds('CALM quày', /^A calm quay on the worst day .*direction/); // in any case, with a wrong accent
  finds('marchetti', /^Isolde Marchetti/); // a person
  finds('harbour', /^Harbour/); // a unit
  finds('round trip', /^Round trip|^The round trip/); // a page of a cycle, or of the guide
  finds('disputed ref', /^Disputed refunds stay few/); // while one types
  finds('cancelations', /^Cancellations are entered on the bridge/); // with a letter too few
  finds('harbuor', /^Harbour/); // with two letters the other way round
  finds('lines finishing timetables', /^New lines finish their timetable unaided/); // in other forms
  finds('who waits for disputed refunds', /^Disputed refunds stay few/); // among words that nobody wrote there
  finds('dilan groups', /^Group passengers hear it from us/); // with the name of who owns it
  finds('organisers share link', /^Group passengers .* … .*Organisers share the link|^Group passengers .* Organisers share the link/); // by the note of a check-in
  finds('four copies tide', /^One source of tides .* Four copies of the tide tables/); // by a reason
  finds('nineteen storm days', /^Direction for FY27-Q1 .*The autumn had nineteen storm days/); // by the text of a direction
  finds('three minutes read entered', /^Cut the time .* Three minutes leaves no time to read/); // by feedback

  test('a result that is found by its text shows the words, one that is found by its title does not', () =>
    searching({}, async (page) => {
      await answered(page, 'four copies tide', /result/);
      assert.deepEqual(await options(page).first().locator('.x mark').allInnerTexts(), ['Four', 'copies', 'tide']);
      await answered(page, 'one source of tides', /result/);
      await options(page).first().locator('mark', { hasText: 'source' }).waitFor();
      assert.match(await options(page).first().innerText(), /^One source of tides/);
      assert.equal(await options(page).first().locator('.x').count(), 0);
    }),
  );

  test('what is put right is said', () =>
    searching({}, async (page) => {
      await answered(page, 'refnuds', /near/);
      assert.match(await options(page).first().innerText(), /refund/i);
      assert.ok((await options(page).first().locator('mark').count()) > 0, 'the word that was meant is marked');
      await answered(page, 'rfnds', 'Nothing says “rfnds”.');
    }),
  );

  test('what nobody wrote is not found, and that is said', () =>
    searching({}, async (page) => {
      await answered(page, 'xylophone', 'Nothing says “xylophone”.');
      assert.equal(await options(page).count(), 0);
      assert.equal(await field(page).getAttribute('aria-expanded'), 'false');
      await answered(page, '', /^$/);
    }),
  );

  test('ended cycles come when one looks further back, after the present ones', () =>
    searching({}, async (page) => {
      await answered(page, 'skipper', /results/);
      const cycles = async () => (await options(page).allInnerTexts()).map((text) => text.match(/FY\d\d-Q\d/)?.[0]).filter(Boolean);
      assert.ok((await cycles()).every((cycle) => cycle !== 'FY26-Q4'), 'present cycles alone at first');
      const few = await status(page).innerText();
      await page.getByRole('button', { name: 'Look further back, to FY26-Q4' }).click();
      await status(page).filter({ hasNotText: few }).waitFor();
      assert.ok(Number((await status(page).innerText()).match(/\d+/)[0]) > Number(few.match(/\d+/)[0]));
      assert.ok(await field(page).evaluate((input) => input === document.activeElement), 'one can type on');
    }),
  );
});

describe('with a mouse and filters', () => {
  const places = async (page) => (await options(page).allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));

  test('by kind, by cycle, by level, by unit', () =>
    searching({}, async (page) => {
      await answered(page, 'notice', /results/);
      const all = await places(page);
      assert.ok(all.some((text) => text.endsWith(' objective')) && all.some((text) => text.endsWith(' key result')), all.join('\n'));

      await page.getByRole('button', { name: 'Objectives' }).click();
      await page.waitForFunction(() => [...document.querySelectorAll('[role=option]')].every((option) => option.innerText.endsWith('objective')));
      await page.getByRole('button', { name: 'Objectives', pressed: true }).click();
      await page.waitForFunction(() => [...document.querySelectorAll('[role=option]')].some((option) => option.innerText.endsWith('key result')));

      await page.getByRole('combobox', { name: 'Level' }).selectOption({ label: 'Teams' });
      await page.waitForFunction(() => ![...document.querySelectorAll('[role=option]')].some((option) => /Product and Engineering ·/.test(option.innerText)));
      assert.ok((await options(page).count()) > 0);
      await page.getByRole('combobox', { name: 'Level' }).selectOption({ index: 0 });

      await page.getByRole('combobox', { name: 'Unit' }).focus();
      await page.locator('select[aria-label=Unit] option', { hasText: 'Disruption' }).waitFor({ state: 'attached' });
      await page.getByRole('combobox', { name: 'Unit' }).selectOption({ label: 'Disruption' });
      await page.waitForFunction(() => [...document.querySelectorAll('[role=option]')].every((option) => /Disruption/.test(option.innerText)));
      assert.ok((await options(page).count()) > 0);
      await page.getByRole('combobox', { name: 'Unit' }).selectOption({ index: 0 });

      await page.getByRole('combobox', { name: 'Cycle' }).selectOption({ label: 'FY26-Q4' });
      await page.waitForFunction(() => {
        const all = [...document.querySelectorAll('[role=option]')];
        return all.length > 0 && all.every((option) => option.innerText.includes('FY26-Q4'));
      });
      assert.ok(await page.locator('.further').isHidden(), 'a cycle by name is all there is');
    }),
  );

  test('a click on a result goes there, one beside the dialog closes it', () =>
    searching({}, async (page) => {
      await answered(page, 'skipper decision radio', /result/);
      await page.mouse.click(5, 500);
      assert.equal(await page.locator('dialog[open]').count(), 0);
      await page.locator('.find').click();
      await options(page).first().click();
      await page.waitForURL(/fy27-q1\/harbour\/#/);
      assert.equal(await page.locator('dialog[open]').count(), 0, 'on the same page it makes room');
      const id = decodeURIComponent(new URL(page.url()).hash.slice(1));
      assert.match(await page.locator(`[id="${id}"]`).innerText(), /speed of the radio/);
    }),
  );
});

describe('on the page that a result led to', () => {
  const words = (page) => page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(String));
  const marked = (page) => page.waitForFunction(() => CSS.highlights.has('found'));

  test('what was looked for is marked, comes out of its fold into sight, and Escape ends it', () =>
    searching({}, async (page) => {
      await answered(page, 'wait queue peak', /result/);
      await page.getByRole('option', { name: /Cut the wait in the queue at the peak Runtime/ }).click();
      await page.waitForURL(/fy27-q1\/runtime\/#/);
      await marked(page);
      const found = await words(page);
      assert.ok(['wait', 'queue', 'peak'].every((word) => found.includes(word)), found.join(' '));
      await page.keyboard.press('Escape');
      assert.deepEqual(await words(page), []);
      await page.reload();
      assert.deepEqual(await words(page), [], 'it is not marked again');
    }),
  );

  test('a note of a check-in is unfolded', () =>
    searching(PHONE, async (page) => {
      await answered(page, 'eight lines fortnight alone', /result/);
      await options(page).first().click();
      await page.waitForURL(/harbour\/#own-start\/unaided$/);
      await marked(page);
      const note = page.getByRole('cell', { name: 'Eight lines began in this fortnight' });
      await note.waitFor();
      const { y, height } = await note.boundingBox();
      assert.ok(y >= 0 && y + height <= PHONE.viewport.height, `the note is in sight: ${y}`);
    }),
  );

  test('of a long page the section that was meant', () =>
    searching({}, async (page) => {
      await answered(page, 'shallow clone diff', /result/);
      await page.getByRole('option', { name: /^diff/ }).first().click();
      await page.waitForURL(/guide\/commands\/#diff$/);
      await marked(page);
      const place = page.getByText('In a shallow clone a revision may be missing');
      const { y, height } = await place.boundingBox();
      assert.ok(y >= 0 && y + height <= 900, `${y}`);
    }),
  );

  test('who comes another way finds nothing marked', () =>
    withPage(browser, {}, async (page) => {
      const seen = await watch(page, server.origin);
      await page.addInitScript(() => sessionStorage.setItem('okrbook-found', JSON.stringify({ href: 'http://elsewhere.invalid/', words: [{ text: 'the', open: true }] })));
      await open(page, `${server.base}fy27-q1/`);
      await page.waitForFunction(() => sessionStorage.getItem('okrbook-found') === null);
      assert.deepEqual(await words(page), []);
      none(seen.take(), 'what a page may not do');
    }),
  );
});

test('at 360 px it fills the screen, and nothing scrolls sideways', () =>
  searching(PHONE, async (page) => {
    await answered(page, 'storm', /results/);
    const box = await page.locator('dialog').boundingBox();
    assert.deepEqual(box, { x: 0, y: 0, ...PHONE.viewport });
    const wide = await page.evaluate(() => [...document.querySelectorAll('dialog *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.className));
    assert.deepEqual(wide, []);
    const small = await page.evaluate(() => [...document.querySelectorAll('dialog :is(button, select, a, input)')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 24).map((element) => element.outerHTML));
    assert.deepEqual(small, [], 'large enough for a finger');
    await options(page).first().click();
    await page.waitForURL(/#|\/$/);
  }),
);

for (const colorScheme of ['light', 'dark']) {
  for (const viewport of [{ width: 1440, height: 900 }, PHONE.viewport]) {
    test(`axe finds nothing wrong with the open search: ${colorScheme}, ${viewport.width} px`, () =>
      withPage(browser, { bypassCSP: true, colorScheme, viewport, reducedMotion: 'reduce' }, async (page) => {
        await open(page, server.base);
        await page.addScriptTag({ content: AXE });
        await page.locator('.find').click();
        const problems = [];
        for (const [query, expected] of [['', /^$/], ['storm', /results/], ['xylophone', /Nothing/]]) {
          await answered(page, query, expected);
          const { violations } = await page.evaluate((tags) => globalThis.axe.run(document.querySelector('dialog'), { runOnly: { type: 'tag', values: tags } }), AXE_TAGS);
          problems.push(...violations.map(({ id, help, nodes }) => `“${query}”: ${id}: ${help}; ${nodes.map((node) => node.html.slice(0, 120)).join(' ')}`));
        }
        none(problems, 'violations');
      }));
  }
}

test('from a folder on the disk it works as well', () =>
  withPage(browser, {}, async (page) => {
    await open(page, pathToFileURL(`${site.root}/fy27-q1/index.html`).href);
    await page.keyboard.press('/');
    await answered(page, 'days from signing', /result/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/fy27-q1\/product-engineering\/index\.html#self-start\/first-sale$/);
    assert.match(await page.locator('h1').innerText(), /Product and Engineering/);
  }),
);

test('a page that is older than the site finds the new index', () =>
  withPage(browser, {}, async (page) => {
    await open(page, `${server.base}fy27-q1/`);
    await page.locator('.find').click();
    await answered(page, 'storm', /results/);
    // the site is published anew: other names for all that this page has not read yet
    const moved = [...site.files].filter(([path]) => path.startsWith('search/'));
    const renamed = new Map();
    const text = new Map(moved.map(([path, bytes]) => [path, bytes.toString('utf8')]));
    for (const [path] of moved.filter(([path]) => /\/[0-9a-f]{12}\.js$/.test(path))) {
      const [folder, name] = path.split(/\/(?=[^/]+$)/);
      renamed.set(name.slice(0, 12), { folder, fresh: [...name.slice(0, 12)].reverse().join('') });
    }
    const replaced = (content) => content.replace(/[0-9a-f]{12}/g, (name) => renamed.get(name)?.fresh ?? name);
    const files = new Map([...site.files].filter(([path]) => !path.startsWith('search/')));
    for (const [path, content] of text) files.set(replaced(path), Buffer.from(replaced(content)));
    const kept = new Map(site.files);
    try {
      site.files.clear();
      for (const [path, bytes] of files) site.files.set(path, bytes);
      await answered(page, 'radio', /result/);
      assert.ok((await options(page).count()) > 0);
    } finally {
      site.files.clear();
      for (const [path, bytes] of kept) site.files.set(path, bytes);
    }
  }),
);

test('where the index cannot be read, that is said', () =>
  withPage(browser, {}, async (page) => {
    await page.route('**/search/**', (route) => route.abort());
    await open(page, server.base);
    await page.locator('.find').click();
    await page.locator('.said', { hasText: 'could not be loaded' }).waitFor();
    assert.equal(await page.locator('dialog[open]').count(), 0);
  }),
);

test('without JavaScript no search is offered that does not work', () =>
  withPage(browser, { javaScriptEnabled: false }, async (page) => {
    await page.goto(server.base);
    assert.ok(await page.locator('.find').isHidden());
  }),
);

describe('the words of the index', () => {
  test('are those that the browser makes of what is typed', () =>
    searching({}, async (page) => {
      const cases = readFileSync(new URL('../words.txt', import.meta.url), 'utf8')
        .split('\n')
        .filter((line) => line && !line.startsWith('#'))
        .map((line) => line.split('|').map((part) => part.trim()));
      assert.ok(cases.length > 15);
      const made = await page.evaluate((texts) => texts.map((text) => globalThis.okrbookSearch.words(text).join(' ')), cases.map(([text]) => text));
      none(cases.flatMap(([text, words], at) => (made[at] === words ? [] : [`${text}: ${made[at]}, not ${words}`])), 'other words');
    }),
  );
});
