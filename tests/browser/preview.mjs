// A copy of the sample handbook to write in, and `okrbook serve` beside it, as an author has them all day.

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The program under test. */
export const program = process.env.OKRBOOK_PROGRAM;

/** The day that the sample speaks of. */
const DATE = '2026-03-19';

/** A handbook in a folder of its own. */
export class Handbook {
  constructor() {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'okrbook-preview-')));
    for (const part of ['book.toml', 'content', 'themes/lantern']) cpSync(join(ROOT, part), this.path(part), { recursive: true });
  }

  path(path) { return join(this.folder, path); }

  text(path) { return readFileSync(this.path(path), 'utf8'); }

  /** Saves as most editors do: a file beside it, put in its place. */
  put(path, text) {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    const beside = join(dirname(this.path(path)), '.saved');
    writeFileSync(beside, text);
    renameSync(beside, this.path(path));
  }

  /** Types something in place of something. */
  type(path, from, to) {
    const text = this.text(path);
    if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
    this.put(path, text.replace(from, to));
  }

  move(from, to) { renameSync(this.path(from), this.path(to)); }

  remove(path) { rmSync(this.path(path)); }

  drop() { rmSync(this.folder, { recursive: true, force: true }); }
}

/** A running preview. */
export class Preview {
  /** Starts one on any free port, or on this one, and waits until it says where it is. */
  static async start(handbook, { port = 0, more = [] } = {}) {
    const args = ['serve', '--port', String(port), '--date', DATE, '--book', handbook.folder, ...more];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
    const preview = new Preview();
    preview.child = child;
    preview.said = '';
    preview.ended = new Promise((done) => child.once('exit', done));
    child.stderr.setEncoding('utf8').on('data', (text) => { preview.said += text; });
    const line = await new Promise((done, failed) => {
      child.once('error', failed);
      child.once('exit', () => failed(new Error(`it did not start: ${preview.said}`)));
      child.stdout.setEncoding('utf8').once('data', done);
    });
    preview.base = line.trim();
    preview.port = Number(new URL(preview.base).port);
    return preview;
  }

  /** Waits until this page has this text, so that whoever opens it then is not made to load it again at once. */
  async serves(path, text) {
    const until = Date.now() + 120_000;
    while (!(await (await fetch(this.base + path)).text()).includes(text)) {
      if (Date.now() > until) throw new Error(`${path} does not say ${text} after two minutes`);
      await new Promise((done) => { setTimeout(done, 20); });
    }
  }

  /** Ends it as a terminal that is closed does. */
  async stop() {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** Puts something on a page that does not outlive it. */
export const mark = (page) => page.evaluate(() => { globalThis.isThatPage = true; });

/** Whether a page was not loaded since it was marked. */
export const isMarked = (page) => page.evaluate(() => globalThis.isThatPage === true);

/** Whether a page has asked if it changed, and heard that it did not. To be called before the edit. */
export const asksInVain = (page) => {
  const own = new URL(page.url()).pathname;
  return page.waitForResponse((reply) => new URL(reply.url()).pathname === own && reply.status() === 304);
};
