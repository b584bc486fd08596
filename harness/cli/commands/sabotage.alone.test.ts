// Tests `onesend sabotage` on examples/node-pair: every wire mutant is seen.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDocument } from '../../formats/document.ts';
import { sabotageDocument } from '../../formats/sabotage.ts';
import { WIRE_MUTANTS } from '../../live/sabotage/all-wire-mutants.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { expectAsDocumented } from '../documented/as-documented.fixture.ts';
import { runInProcess } from '../run-in-process.fixture.ts';

const SYSTEM = join(packageRoot, 'examples', 'node-pair', 'onesend.config.js');

function onesend(...commandArguments: string[]) {
  return runInProcess([...commandArguments, '--quiet', '--no-color']);
}

test.concurrent('every wire mutant is seen on the smallest pair, as the pages show', { timeout: 120_000 }, async () => {
  const { exitCode, stdout } = await onesend('sabotage', '--system', SYSTEM);
  expectAsDocumented('onesend sabotage --system onesend.config.js', stdout, 'live');
  const rows = stdout.split('\n').flatMap((line) => /^ +(X\d\d) /.exec(line)?.[1] ?? []);
  expect({ exitCode, rows }).toEqual({ exitCode: 0, rows: WIRE_MUTANTS.map(({ id }) => id) });
});

test.concurrent(
  'the wire mutants that are named are run, and printed as a document',
  { timeout: 120_000 },
  async () => {
    const { exitCode, stdout } = await onesend('sabotage', 'X22', '--system', SYSTEM, '--json');
    const { verdict, mutants } = parseDocument(sabotageDocument, stdout, 'stdout');
    expect({ exitCode, verdict }).toEqual({ exitCode: 0, verdict: 'pass' });
    expect(mutants).toMatchObject([{ id: 'X22', outcome: 'seen' }]);
  },
);
