// Every page is valid HTML, and every image valid SVG.
//
// The checker is the Nu Html Checker, the one behind the W3C's service, as a file of the npm package vnu-jar. It
// knows SVG and ARIA within HTML and every attribute's syntax, and asks for Java 17, which Debian has.
// html-validate would need no Java, but its kept versions ask for a Node.js newer than Debian's.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { none } from './report.mjs';
import { siteFromEnvironment } from './site.mjs';

// Tables that are laid out as blocks on a phone carry their roles in so many words, so that no browser
// takes them for plain boxes. The checker calls that needless, or wrong on rows and cells.
const TABLE_ROLES = [
  /^The “(table|rowgroup|row|cell|columnheader|rowheader)” role is unnecessary for element “\w+”\.$/,
  /^The “role” attribute must not be used on a “(tr|th|td)” element which has a “table” ancestor with/,
];

test('every page and image is valid', async (t) => {
  const site = siteFromEnvironment();
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
  const { messages } = JSON.parse(await check(jar, site.root));
  const problems = messages
    .filter(({ message }) => !TABLE_ROLES.some((known) => known.test(message)))
    .map(({ url, lastLine, lastColumn, subType, type, message, extract }) => {
      const path = url ? decodeURIComponent(new URL(url).pathname).slice(site.root.length + 1) : '';
      return `${path}:${lastLine ?? 0}:${lastColumn ?? 0}: ${subType ?? type}: ${message} ${(extract ?? '').replace(/\s+/g, ' ')}`;
    });
  t.diagnostic(`${site.pages.length + site.redirects.length} pages checked`);
  none(problems, 'what the checker says');
});

/** Runs the checker, which answers on standard output and exits with 1 when it finds something. */
function check(jar, folder) {
  const args = ['-jar', jar, '--also-check-svg', '--skip-non-html', '--no-langdetect', '--stdout', '--format', 'json', folder];
  return new Promise((done, failed) => {
    execFile('java', args, { maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && error.code !== 1) return failed(new Error(`the checker did not run: ${error.message}\n${stderr}`));
      assert.ok(stdout.startsWith('{'), `the checker did not answer: ${stdout}${stderr}`);
      done(stdout);
    });
  });
}
