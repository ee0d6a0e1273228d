// Writes a handbook of 300 units and fourteen cycles into a folder: what a large company's looks like.
//
//   node tests/browser/many.mjs DIR

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node tests/browser/many.mjs DIR');
  process.exit(2);
}

const put = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const day = (from, days) => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);

const TEAMS = 300;
const units = Array.from({ length: TEAMS }, (_, at) => `[unit.team-${at}]
level = "team"
name = "Team ${at}, of some length"
within = "company"
since = "fy27-q1"
`);
put('book.toml', `[book]
title = "A handbook of 300 units"
[calendar]
fiscal-year-starts = "02-01"
[[level]]
id = "company"
name = "Company"
[[level]]
id = "team"
name = "Teams"
[unit.company]
level = "company"
name = "Company"
[[deliverable]]
due = "-4w"
what = "direction"
name = "Direction with the buy-in of all executives"
[[deliverable]]
due = "-2w"
what = "drafts"
levels = ["team"]
name = "Drafts of the teams are shared"
[[deliverable]]
due = "0d"
what = "final"
name = "Both parties have signed all OKRs"
${units.join('')}`);
put('content/index.md', '# A handbook of 300 units\n');

const direction = (on) => `+++\ntitle = "Direction"\nshared = ${on}\n[[approval]]\nby = "@ada"\non = ${on}\n+++\n`;
const document = (shared, signed, checked = shared) => {
  const approval = (by, party) => `[[approval]]\nby = "${by}"\nas = "${party}"\non = ${signed}\n`;
  return `+++
shared = ${shared}
owner = "@ada"
[[objective]]
id = "calm"
title = "Nights are calm"
stands-alone = "It is what the team is there for."
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, check-in = [{ on = ${checked}, value = 40 }] }]
${signed ? approval('@ada', 'set-by') + approval('@bo', 'delivered-by') : ''}+++
`;
};

// twelve quarters of the company alone, ever more in time
for (let at = 0; at < 12; at += 1) {
  const year = 2023 + Math.floor(at / 4);
  const starts = `${year}-${['02', '05', '08', '11'][at % 4]}-01`;
  const cycle = `fy${year + 1 - 2000}-q${(at % 4) + 1}`;
  put(`content/okrs/${cycle}/direction.md`, direction(day(starts, -28 + 12 - at)));
  put(`content/okrs/${cycle}/company.md`, document(day(starts, -20), day(starts, 24 - 2 * at)));
}
// a quarter of all
put('content/okrs/fy27-q1/direction.md', direction('2026-01-06'));
put('content/okrs/fy27-q1/company.md', document('2026-01-10', '2026-01-30'));
for (let at = 0; at < TEAMS; at += 1) {
  const shared = day('2026-01-18', ((at * 7) % 19) - 14);
  const signed = at % 40 === 9 ? undefined : day('2026-02-01', ((at * 11) % 23) - 15);
  put(`content/okrs/fy27-q1/team-${at}.md`, document(shared, signed && signed < shared ? shared : signed, day('2026-02-02', at % 45)));
}
// the next, of which some have shared drafts
put('content/okrs/fy27-q2/direction.md', direction('2026-03-12'));
for (let at = 0; at < 90; at += 1) put(`content/okrs/fy27-q2/team-${at}.md`, document(day('2026-03-01', at % 17)));
