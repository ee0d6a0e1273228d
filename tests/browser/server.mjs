// A web server that does nothing clever: exact files, index.html for a folder's URL, 404.html
// for the rest. It never redirects, so a link without its closing slash is found out here
// rather than on a host that is less kind.
//
// By hand: node server.mjs SITE [PORT]

import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { readSite } from './site.mjs';

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  ico: 'image/x-icon',
  ics: 'text/calendar; charset=utf-8',
  xml: 'application/xml',
  txt: 'text/plain; charset=utf-8',
  pdf: 'application/pdf',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
};

/** Serves a site from memory under `prefix`, under a policy or none; answers with `{ origin, base, close }`. */
export async function serve(site, { prefix = '/', port = 0, policy = "default-src 'self'" } = {}) {
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(204).end(); // whether a page names an icon is another test
    const found = lookup(site.files, prefix, request.url);
    const [status, path] = found ? [200, found] : [404, '404.html'];
    const body = site.files.get(path) ?? Buffer.from('not found');
    response.writeHead(status, {
      'Content-Type': TYPES[path.split('.').at(-1)] ?? 'application/octet-stream',
      'Content-Length': body.length,
      ...(policy && { 'Content-Security-Policy': policy }),
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { origin, base: origin + prefix, close };
}

function lookup(files, prefix, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  if (!path.startsWith(prefix)) return undefined;
  path = path.slice(prefix.length);
  if (path === '' || path.endsWith('/')) path += 'index.html';
  return files.has(path) ? path : undefined;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, port] = process.argv.slice(2);
  const { base } = await serve(readSite(folder), { port: Number(port ?? 0) });
  console.log(base);
}
