// One way to fail: with a list of what was found, cut before it fills the terminal.

import assert from 'node:assert/strict';

const SHOWN = 40;

export function none(problems, what) {
  if (problems.length === 0) return;
  const shown = problems.slice(0, SHOWN).map((problem) => `  ${problem}`);
  if (problems.length > SHOWN) shown.push(`  and ${problems.length - SHOWN} more`);
  assert.fail(`${what}: ${problems.length}\n${shown.join('\n')}`);
}

/** A few names of many. */
export function some(names) {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
