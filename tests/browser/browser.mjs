// The browser, started the same way everywhere.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Where Debian puts it; another place can be named, but a missing browser is an error. */
const executablePath = process.env.OKRBOOK_CHROMIUM ?? '/usr/bin/chromium';

const ARGS = [
  '--no-sandbox', // a root user, as in a container, cannot use the sandbox; the pages are our own
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', // nothing reaches another host, even by mistake
];

export async function launch() {
  if (!existsSync(executablePath)) {
    throw new Error(`no browser at ${executablePath}: install Debian's package chromium, or set OKRBOOK_CHROMIUM`);
  }
  return chromium.launch({ executablePath, args: ARGS, headless: true });
}

/** Opens a page in a context of its own, gives it to `use`, and closes it whatever happens. */
export async function withPage(browser, options, use) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(120_000); // whatever has not happened by then does not, however busy the machine is
  try {
    return await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/** Works through `items` with a few workers; `setUp` makes each worker's own page. */
export async function inParallel(items, setUp, work, workers = 2) {
  const queue = [...items];
  const worker = async () => {
    const [own, tearDown] = await setUp();
    try {
      while (queue.length > 0) await work(own, queue.shift());
    } finally {
      await tearDown();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, items.length) }, worker));
}

/** Goes to a page and waits until it stands still. */
export async function open(page, url) {
  const response = await page.goto(url, { waitUntil: 'load' });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return response;
}

/**
 * Notes everything that a page may not do while it loads: ask another host, ask for something that is
 * not there, complain on the console, or break the Content-Security-Policy. `allowed` is the
 * beginning of every URL it may ask for.
 */
export async function watch(page, allowed) {
  const seen = [];
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (e) => {
      console.error(`Content-Security-Policy: ${e.effectiveDirective} forbids ${e.blockedURI} ${e.sample}`);
    });
  });
  page.on('console', (message) => message.type() === 'error' && seen.push(`console: ${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => seen.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    // what the browser gave up itself, because the next page was opened, is not missing
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') seen.push(`request failed: ${request.url()}`);
  });
  page.on('response', (response) => response.status() >= 400 && seen.push(`${response.status()}: ${response.url()}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(allowed) && !url.startsWith('data:')) seen.push(`asks for ${url}`);
  });
  return { take: () => seen.splice(0) };
}

/** Lets what the browser skips while it is out of sight take part in layout, so that it is tested. */
export async function layOutEverything(page) {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('body *')) {
      if (getComputedStyle(element).contentVisibility === 'auto') element.style.contentVisibility = 'visible';
    }
  });
}
