// Sites beside each other: what a page costs, and how it serves who reads with keys, with a screen reader, without
// scripts, on paper; what a search costs and where its answers stand. Any static site that lies in a folder.
//
//   node tests/browser/beside.mjs SITES.json [WHAT]
//
// SITES.json is `{ "sites": [...], "questions": [[query, what the answer says]...] }`; a site is `name`, `folder`,
// `page` (the one that is weighed), `pages` (those that axe looks at), and of its search `opener`, `field` and `hit`,
// as selectors. The answer is a regular expression, held against what a hit shows. WHAT is `pages` or `search`; both
// without it. docs/comparison.md says what came of it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { launch, layOutEverything, open, withPage } from './browser.mjs';
import { serve } from './server.mjs';
import { readSite } from './site.mjs';

const [file, what] = process.argv.slice(2);
if (!file) throw new Error('usage: node beside.mjs SITES.json [pages | search]');
const { sites, questions } = JSON.parse(readFileSync(file, 'utf8'));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const QUIET = 600; // milliseconds without a new request or hit, after which a search has said all
const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 } };

const browser = await launch();
for (const about of sites) {
  const site = readSite(about.folder);
  const server = await serve(site, { policy: null });
  console.log(`\n== ${about.name}`);
  try {
    if (what !== 'search') await pages(about, site, server.base);
    if (what !== 'pages') await search(about, server.base);
  } finally {
    await server.close();
  }
}
await browser.close();

function say(title, value) {
  console.log(`${title}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

/** Notes what a page reads from now on; `take` adds it up and begins anew. */
function reads(page, base) {
  let seen = [];
  let last = performance.now();
  page.on('request', () => { last = performance.now(); });
  page.on('response', (response) => seen.push(response.body().catch(() => Buffer.alloc(0)).then((body) => ({
    own: response.url().startsWith(base), plain: body.length, packed: gzipSync(body).length,
    kind: response.request().resourceType(),
  }))));
  const take = async () => {
    const parts = await Promise.all(seen);
    seen = [];
    const sum = (key) => parts.reduce((all, part) => all + part[key], 0);
    const kinds = {};
    for (const { kind, plain } of parts) kinds[kind] = (kinds[kind] ?? 0) + plain;
    return { files: parts.length, plain: sum('plain'), packed: sum('packed'), kinds, elsewhere: parts.filter((part) => !part.own).length };
  };
  return { take, quietFor: () => performance.now() - last };
}

async function pages(about, site, base) {
  const url = base + about.page;
  await withPage(browser, WIDE, async (page) => {
    const asked = [];
    page.on('request', (request) => !request.url().startsWith(base) && !/^(data|blob):/.test(request.url()) && asked.push(request.url()));
    const read = reads(page, base);
    await open(page, url);
    await page.waitForTimeout(QUIET);
    say('the first page', await read.take());
    say('asks other hosts', asked);
    say('moved while it loaded', await page.evaluate(moved));
    say('headings', await page.evaluate(headings));
    say('skip link', await skipLink(page));
    say('stops of the Tab key without a visible focus', await unseenFocus(page));
    say('section marked when scrolled half way', await page.evaluate(marked));
  });
  await underPolicy(about, site);
  say('without scripts', await withoutScripts(url));
  await withPage(browser, { ...PHONE }, async (page) => {
    await open(page, url);
    say('360 px, needed', await page.evaluate(() => document.scrollingElement.scrollWidth));
    say('360 px, targets under 24 px', await page.evaluate(small));
  });
  await withPage(browser, { ...WIDE, reducedMotion: 'reduce' }, async (page) => {
    await open(page, url);
    say('still moves with reduced motion', await page.evaluate(moving));
  });
  await withPage(browser, WIDE, async (page) => {
    await open(page, url);
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    say('sheets of paper', (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length);
  });
  await axe(about, base);
}

/** What a policy of `default-src 'self'` forbids on the page. */
async function underPolicy(about, site) {
  const server = await serve(site);
  await withPage(browser, WIDE, async (page) => {
    await page.addInitScript(() => {
      globalThis.forbidden = {};
      addEventListener('securitypolicyviolation', ({ effectiveDirective: what }) => { forbidden[what] = (forbidden[what] ?? 0) + 1; });
    });
    await open(page, server.base + about.page);
    await page.waitForTimeout(QUIET);
    say("forbidden by default-src 'self'", await page.evaluate(() => globalThis.forbidden));
  });
  await server.close();
}

async function withoutScripts(url) {
  const words = () => (document.querySelector('main') ?? document.body).innerText.split(/\s+/).filter(Boolean).length;
  const seen = {};
  for (const [name, javaScriptEnabled] of [['with', true], ['without', false]]) {
    await withPage(browser, { ...WIDE, javaScriptEnabled }, async (page) => {
      await page.goto(url, { waitUntil: 'load' });
      await layOutEverything(page);
      seen[name] = await page.evaluate(words);
    });
  }
  return seen;
}

async function axe(about, base) {
  const found = new Map();
  for (const path of about.pages ?? [about.page]) {
    for (const [look, colorScheme] of [[WIDE, 'light'], [WIDE, 'dark'], [PHONE, 'light']]) {
      await withPage(browser, { ...look, colorScheme, bypassCSP: true, reducedMotion: 'reduce' }, async (page) => {
        await open(page, base + path);
        await layOutEverything(page);
        await page.addScriptTag({ content: AXE });
        const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), AXE_TAGS);
        for (const { id, nodes } of violations) {
          const where = `${path || 'home'} ${colorScheme} ${look.viewport.width}`;
          found.set(id, [...(found.get(id) ?? []), `${where}: ${nodes.length}`]);
        }
      });
    }
  }
  say('axe', Object.fromEntries(found));
}

/** Runs in the browser: how far things moved while the page came in. */
function moved() {
  return new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const shift of list.getEntries()) sum += shift.value; }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(Number(sum.toFixed(4))), 250);
  });
}

/** Runs in the browser: the titles of the first rank, and the steps that skip one. */
function headings() {
  const ranks = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((h) => h.checkVisibility()).map((h) => Number(h.localName[1]));
  return { first: ranks.filter((rank) => rank === 1).length, of: ranks.length, skipped: ranks.filter((rank, at) => at && rank > ranks[at - 1] + 1).length };
}

async function skipLink(page) {
  await page.keyboard.press('Tab');
  const text = await page.evaluate(() => document.activeElement.textContent.trim());
  const seen = await page.evaluate(() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); return bottom > 0 && top >= 0; });
  return `“${text}”${seen ? '' : ', out of sight'}`;
}

/** How many of the next stops look the same with the focus and without it. */
async function unseenFocus(page) {
  const unseen = [];
  for (let at = 0; at < 25; at += 1) {
    await page.keyboard.press('Tab');
    const same = await page.evaluate(() => {
      const element = document.activeElement;
      const look = () => {
        // what is drawn may be the label, or what stands in it for the field
        const drawn = [element, element.closest('label'), element.nextElementSibling].filter(Boolean);
        return drawn.map((one) => {
          const { outline, outlineStyle, boxShadow, backgroundColor, color, borderColor } = getComputedStyle(one);
          return [outlineStyle === 'none' ? '' : outline, boxShadow, backgroundColor, color, borderColor].join();
        }).join();
      };
      if (element === document.body) return '';
      const shown = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      const withFocus = look();
      element.blur();
      const without = look();
      element.focus({ focusVisible: true });
      return withFocus === without || (!shown && !element.labels?.length) ? element.cloneNode(false).outerHTML.slice(0, 80) : '';
    });
    if (same) unseen.push(same);
  }
  return unseen;
}

/** Runs in the browser: what stands as the present one in the contents, half way down. */
async function marked() {
  scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: 'instant' });
  await new Promise((done) => { setTimeout(done, 500); });
  const links = [...document.querySelectorAll('nav a[href*="#"], starlight-toc a[href*="#"]')].filter((link) => link.checkVisibility());
  return links.filter((link) => ['true', 'location'].includes(link.getAttribute('aria-current')) || /active/.test(link.className)).map((link) => link.textContent.trim());
}

/** Runs in the browser: what is too small for a finger, but for links within a text. */
function small() {
  return [...document.querySelectorAll('button, select, input, summary, nav a')].filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1 && (width < 24 || height < 24);
  }).length;
}

/** Runs in the browser: what has a transition or an animation. */
function moving() {
  return [...document.querySelectorAll('*')].filter((element) => {
    const style = getComputedStyle(element);
    const lasts = (times) => times.split(',').some((time) => parseFloat(time) > 0.01);
    return lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration));
  }).length;
}

// -- the search

/** Runs in the browser: the hits in their order, as they read. */
function shows(selector) {
  const hits = [...document.querySelectorAll(selector)].filter((hit) => hit.checkVisibility());
  return hits.map((hit) => hit.innerText.replace(/\s+/g, ' ').trim());
}

async function search(about, base) {
  await withPage(browser, WIDE, async (page) => {
    const read = reads(page, base);
    await open(page, base + about.page);
    await page.waitForTimeout(QUIET);
    await read.take();
    for (const key of ['/', 'Control+k']) say(`${key} opens it`, await opens(about, page, key));
    await page.reload();
    await page.waitForTimeout(QUIET);
    await read.take();
    await page.locator(about.opener).first().click();
    const field = page.locator(about.field).first();
    await field.waitFor();
    await settled(page, about, read);
    say('opening the search', await read.take());
    for (const [query, answer] of questions) {
      await field.fill('');
      await settled(page, about, read);
      await read.take();
      await field.pressSequentially(query, { delay: 60 });
      await settled(page, about, read);
      const hits = await page.evaluate(shows, about.hit);
      const at = hits.findIndex((hit) => new RegExp(answer, 'i').test(hit));
      const { files, plain, packed } = await read.take();
      say(`“${query}”`, `${at < 0 ? 'not found' : `at ${at + 1}`} of ${hits.length}; ${files} files, ${plain} bytes, ${packed} compressed; first: ${hits[0]?.slice(0, 100) ?? 'nothing'}`);
    }
  });
}

async function opens(about, page, key) {
  const link = page.locator('main a[href]').first();
  await link.focus();
  await page.keyboard.press(key);
  const field = page.locator(about.field).first();
  const has = (element) => element === document.activeElement;
  await page.waitForTimeout(QUIET);
  const opened = (await field.count()) > 0 && await field.evaluate(has);
  if (!opened) return 'no';
  await page.keyboard.press('Escape');
  await page.waitForTimeout(QUIET);
  return `yes; Escape ${await field.isVisible() && await field.evaluate(has) ? 'does not close it' : 'closes it'}, focus ${await link.evaluate(has) ? 'back' : 'lost'}`;
}

/** Waits until nothing is read any more and the hits stay as they are. */
async function settled(page, about, read) {
  const state = async () => JSON.stringify(await page.evaluate(shows, about.hit));
  for (let before = await state(), still = 0; still < QUIET;) {
    await page.waitForTimeout(150);
    const now = await state();
    still = now === before && read.quietFor() > 150 ? still + 150 : 0;
    before = now;
  }
}
