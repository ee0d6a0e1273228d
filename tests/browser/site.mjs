// A built site as it lies on the disk: its files, its pages and the kinds of page.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** The folder that the tests are about, from the environment. */
export function siteFromEnvironment() {
  const folder = process.env.OKRBOOK_SITE;
  if (!folder) throw new Error('OKRBOOK_SITE is not set: it names the folder of the built site');
  return readSite(folder);
}

/** Reads a whole site into memory. Names that begin with a dot are the build's own and not published. */
export function readSite(folder) {
  const root = resolve(folder);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${folder} is not a folder`);
  const files = new Map();
  const walk = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = join(dir, entry.name);
      if (entry.isDirectory()) walk(path);
      else files.set(relative(root, path).split(sep).join('/'), readFileSync(path));
    }
  };
  walk(root);

  const all = [...files.keys()].filter((path) => path.endsWith('.html')).sort().map((path) => page(path, files.get(path)));
  if (all.length === 0) throw new Error(`${folder} holds no page`);
  return { root, files, pages: all.filter((p) => !p.redirect), redirects: all.filter((p) => p.redirect) };
}

function page(path, bytes) {
  const text = bytes.toString('utf8');
  const refresh = text.match(/<meta[^>]+http-equiv=["']?refresh["']?[^>]*content=["'][^"']*url=([^"']+)["']/i);
  return {
    path,
    url: path.split('/').map(encodeURIComponent).join('/').replace(/(^|\/)index\.html$/, '$1'),
    kind: text.match(/<body\b[^>]*\sdata-page=["']?([\w-]+)/i)?.[1],
    redirect: refresh?.[1].trim(),
    text,
    size: bytes.length,
  };
}

/**
 * The pages that the slower tests look at: the largest of each kind, because it holds most,
 * and the smallest OKR page, because what is missing has to look right too.
 */
export function samples(site) {
  const kinds = new Map();
  for (const page of site.pages) {
    const kind = page.kind ?? page.path;
    kinds.set(kind, [...(kinds.get(kind) ?? []), page]);
  }
  const chosen = [];
  for (const [kind, pages] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1))) {
    pages.sort((a, b) => b.size - a.size);
    chosen.push({ name: kind, ...pages[0] });
    if (kind === 'okrs' && pages.length > 1) chosen.push({ name: 'okrs (smallest)', ...pages.at(-1) });
  }
  return chosen;
}

/** `OKRBOOK_HEAVY=1` looks at every page where a sample would do for a quick run. */
export const heavy = process.env.OKRBOOK_HEAVY === '1';
