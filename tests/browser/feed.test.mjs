// The feed, read by a parser that is not ours, and every address in it.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { detectAtomFeed, parseAtomFeed } from 'feedsmith';
import { none } from './report.mjs';
import { siteFromEnvironment } from './site.mjs';

const site = siteFromEnvironment();
const DAY = /^\d{4}-\d\d-\d\dT00:00:00Z$/;

describe('the feed', () => {
  let feed;
  let base;
  before(() => {
    const bytes = site.files.get('feed.xml');
    assert.ok(bytes, 'there is a feed: the site is built for a full address');
    const text = bytes.toString('utf8');
    assert.ok(detectAtomFeed(text), 'it is an Atom feed');
    feed = parseAtomFeed(text);
    base = feed.id.replace(/feed\.xml$/, '');
  });

  test('has what RFC 4287 asks for', () => {
    assert.match(base, /^https:\/\/.+\/$/);
    assert.ok(feed.title && feed.authors?.[0]?.name);
    assert.match(feed.updated, DAY);
    const links = feed.links.map(({ rel, href }) => `${rel} ${href}`);
    assert.deepEqual(links, [`self ${base}feed.xml`, `alternate ${base}`]);
    assert.ok(feed.entries.length > 10, `${feed.entries.length} entries`);
    const lacking = feed.entries.filter(({ id, title, updated, links }) => !id || !title || !DAY.test(updated) || links?.length !== 1);
    none(lacking.map(({ id, title }) => `${id} ${title}`), 'entries that lack something');
    assert.equal(new Set(feed.entries.map(({ id }) => id)).size, feed.entries.length, 'an id for each');
    assert.equal(feed.updated, feed.entries[0].updated, 'the newest first');
  });

  test('leads to pages and places that are there', () => {
    const wrong = feed.entries.flatMap(({ links: [{ href }] }) => {
      const [path, fragment] = href.slice(base.length).split('#');
      const page = site.files.get(`${decodeURIComponent(path)}index.html`)?.toString('utf8');
      if (!href.startsWith(base) || !page) return [href];
      return !fragment || page.includes(`id="${decodeURIComponent(fragment)}"`) ? [] : [href];
    });
    none(wrong, 'addresses that lead nowhere');
  });

  test('is named by every page', () => {
    const without = site.pages.filter(({ text, path }) => path !== '404.html' && !/<link rel="alternate" type="application\/atom\+xml" href="[^"]*feed\.xml"/.test(text));
    none(without.map(({ path }) => path), 'pages without a link to it');
  });
});
