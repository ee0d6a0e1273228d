// What a page points at, and whether it is there.

/** Runs in the browser: reads a page's source without loading it. */
export function readPage(source) {
  const doc = new DOMParser().parseFromString(source, 'text/html');
  const loading = new Set(['stylesheet', 'icon', 'preload', 'modulepreload', 'manifest', 'apple-touch-icon', 'prefetch']);
  const snippet = (element) => element.cloneNode(false).outerHTML.slice(0, 120);

  const links = [];
  const add = (element, attribute, value, loads) => links.push({ value: value.trim(), loads, from: `<${element.localName} ${attribute}>` });
  const XLINK = 'http://www.w3.org/1999/xlink';
  for (const element of doc.querySelectorAll('*')) {
    const tag = element.localName;
    const has = (name) => element.hasAttribute(name);
    if (tag === 'link') {
      const rels = [...element.relList];
      if (has('href') && !rels.includes('canonical')) add(element, 'href', element.getAttribute('href'), rels.some((rel) => loading.has(rel)));
    } else if (has('href')) {
      add(element, 'href', element.getAttribute('href'), tag !== 'a' && tag !== 'area');
    }
    const xlink = element.getAttributeNS(XLINK, 'href');
    if (xlink !== null) add(element, 'xlink:href', xlink, tag !== 'a');
    for (const name of ['src', 'poster', 'data']) if (has(name)) add(element, name, element.getAttribute(name), true);
    for (const name of ['srcset', 'imagesrcset']) {
      if (!has(name)) continue;
      for (const part of element.getAttribute(name).split(/,\s+/)) add(element, name, part.trim().split(/\s+/)[0], true);
    }
    for (const name of ['action', 'formaction', 'cite']) if (has(name)) add(element, name, element.getAttribute(name), false);
  }

  const forbidden = [];
  for (const element of doc.querySelectorAll('[style], style')) forbidden.push(`inline style: ${snippet(element)}`);
  for (const element of doc.querySelectorAll('script:not([src])')) {
    if (!/^application\/(ld\+)?json$/.test(element.type)) forbidden.push(`inline script: ${snippet(element)}`);
  }
  for (const element of doc.querySelectorAll('*')) {
    const handler = [...element.attributes].find((attribute) => attribute.name.startsWith('on'));
    if (handler) forbidden.push(`event handler: ${snippet(element)}`);
  }

  const h1 = [...doc.querySelectorAll('h1')];
  const ids = [...doc.querySelectorAll('[id]')].map((element) => element.id);
  const names = [...doc.querySelectorAll('a[name]')].map((element) => element.name);
  return {
    links,
    forbidden,
    ids: [...ids, ...names],
    h1: h1.length,
    heading: h1[0]?.textContent.trim() ?? '',
    lang: doc.documentElement.getAttribute('lang') ?? '',
    title: doc.title.trim(),
    viewport: doc.querySelector('meta[name=viewport]')?.content ?? '',
    icon: doc.querySelector('link[rel~=icon][href]') !== null, // else the browser asks the server's root for one
    main: doc.querySelectorAll('main').length,
  };
}

/** Runs in the browser: the ids of an image, for what uses a part of it. */
export function readSvg(source) {
  const doc = new DOMParser().parseFromString(source, 'image/svg+xml');
  return [...doc.querySelectorAll('[id]')].map((element) => element.id);
}

// Every site is thought to lie some folders deep: a link that climbs out of it is then seen.
const ROOT = 'http://site.invalid/some/deep/folder/';
const MAY_LEAVE = new Set(['http:', 'https:', 'mailto:', 'tel:', 'webcal:']);

/**
 * Says what is wrong with a link of the file `path`, or nothing. `ids` holds the ids of each file that can be
 * pointed into. Only the page for what is not found may begin a link with a slash: it is shown at any depth.
 */
export function problemWith({ value, loads }, path, site, ids) {
  if (value === '#') return 'points nowhere';
  if (/^[a-z][a-z0-9+.-]*:/i.test(value) || value.startsWith('//')) {
    if (loads) return value.startsWith('data:') ? undefined : 'loads from another host';
    return MAY_LEAVE.has(value.slice(0, value.indexOf(':') + 1).toLowerCase()) ? undefined : 'has a scheme that no page should have';
  }
  let target;
  if (value.startsWith('/')) {
    if (path !== '404.html') return 'does not work from a sub-path or a file: it begins with a slash';
    target = ROOT + value.slice(1);
  } else {
    target = new URL(value, ROOT + path.split('/').map(encodeURIComponent).join('/')).href;
  }
  if (!target.startsWith(ROOT)) return 'climbs out of the site';
  const url = new URL(target);
  let file = decode(url.pathname.slice(new URL(ROOT).pathname.length));
  if (file === undefined) return 'is not a valid URL';
  if (file === '' || file.endsWith('/')) file += 'index.html';
  if (!site.files.has(file)) return site.files.has(`${file}/index.html`) ? 'lacks the closing slash' : 'is not there';
  if (url.hash.length < 2) return undefined;
  const fragment = decode(url.hash.slice(1));
  if (fragment === 'top' && file.endsWith('.html')) return undefined;
  if (!ids.get(file)?.has(fragment)) return 'has a fragment that is not there';
  return undefined;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** What a style sheet loads. */
export function linksOfCss(text) {
  const bare = text.replace(/\/\*[^]*?\*\//g, '');
  const urls = [...bare.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))\s*\)/g)].map((m) => m[1] ?? m[2] ?? m[3]);
  const imports = [...bare.matchAll(/@import\s+(?:"([^"]*)"|'([^']*)')/g)].map((m) => m[1] ?? m[2]);
  return [...urls, ...imports].filter((value) => !value.startsWith('#')).map((value) => ({ value, loads: true, from: 'url()' }));
}
