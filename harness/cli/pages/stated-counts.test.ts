// Checks counts that pages state in hand-written sentences against the code. It leaves out measured figures, which keep the counts of their
// measurement.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROPERTY_IDS } from '../../formats/finding.ts';
import { WIRE_MUTANTS } from '../../live/sabotage/all-wire-mutants.ts';
import { packageRoot } from '../../platform/compiled-module.ts';

const SAFETY = PROPERTY_IDS.filter((id) => id.startsWith('S')).length;
const LIVENESS = PROPERTY_IDS.length - SAFETY;

test.each([
  ['README.md', /judges what it observed by (\d+) properties/, [PROPERTY_IDS.length]],
  ['README.md', /of (\d+) properties judged; NOT OBSERVED/, [PROPERTY_IDS.length]],
  ['README.md', /in each of (\d+) ways/, [WIRE_MUTANTS.length]],
  ['docs/commands.md', /(\d+) safety and (\d+) liveness properties/, [SAFETY, LIVENESS]],
  ['examples/laravel-go/README.md', /of (\d+) properties judged; NOT OBSERVED/, [PROPERTY_IDS.length]],
])('%s states the correct count: %s', (page, pattern, counts) => {
  const text = readFileSync(join(packageRoot, page), 'utf8').replaceAll(/\s+/g, ' ');
  expect(pattern.exec(text)?.slice(1)).toEqual(counts.map(String));
});
