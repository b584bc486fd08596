// The gates are numbered from 0, and docs/runbook.md has a row for each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../harness/platform/compiled-module.ts';
import { GATES } from './all-gates.ts';

test('gates are numbered from 0 in the order of the reports', () => {
  expect(GATES.map(({ id }) => id)).toEqual(GATES.map((_, index) => String(index)));
});

test('the name of each run of a gate begins with the mode of its tenant, and names no other run', () => {
  for (const { scenarios } of GATES) {
    const names = scenarios.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, tenants } of scenarios) expect(name.split(/,? /)[0]).toBe(tenants[0]?.mode);
  }
});

test('the page of the runbook has a row for each gate, and no other', () => {
  const page = readFileSync(join(packageRoot, 'docs/runbook.md'), 'utf8');
  const rows = [...page.matchAll(/^\| gate (\d+) /gm)].map(([, id]) => id);
  expect(rows).toEqual(GATES.map(({ id }) => id));
});
