// Writes the sample handbook with an interface from right to left into a folder. Its words are the English ones in
// Arabic letters: they mean nothing, but a browser sets them as it sets Arabic.
//
//   node tests/browser/turned.mjs DIR

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node tests/browser/turned.mjs DIR');
  process.exit(2);
}
const root = fileURLToPath(new URL('../../', import.meta.url));

const LATIN = 'abcdefghijklmnopqrstuvwxyz';
const ARABIC = 'ابكدهفغحيجقلمنوپثرستعءوخىز';
const turned = (text) =>
  text
    .split(/(\{[^}]*\}|\\u[0-9a-f]{4})/)
    .map((part, at) => (at % 2 ? part : part.toLowerCase().replace(/[a-z]/g, (c) => ARABIC[LATIN.indexOf(c)]).replaceAll(', ', '، ').replaceAll('→', '←')))
    .join('');

let table = '';
const lines = readFileSync(join(root, 'themes/default/lang/en.toml'), 'utf8')
  .split('\n')
  .map((line) => {
    table = line.match(/^\[([\w-]+)\]/)?.[1] ?? table;
    if (table === 'text') return line.replace('ltr', 'rtl');
    if (table === 'number' && /^(decimal|thousands|percent)/.test(line)) return line;
    return line.replace(/"([^"]*)"/g, (_, text) => `"${turned(text)}"`);
  });

mkdirSync(join(folder, 'themes/default/lang'), { recursive: true });
writeFileSync(join(folder, 'themes/default/lang/ar.toml'), lines.join('\n'));
cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true });
const book = readFileSync(join(root, 'book.toml'), 'utf8');
writeFileSync(join(folder, 'book.toml'), book.replace('language = "en"', 'language = "ar"'));
