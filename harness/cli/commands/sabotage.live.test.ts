// onesend sabotage on examples/node-pair: each way of making it look broken from outside is seen.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDocument } from '../../formats/document.ts';
import { sabotageDocument } from '../../formats/sabotage.ts';
import { WIRE_MUTANTS } from '../../live/sabotage/all-wire-mutants.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { runCli } from '../run-cli.ts';

test('every wire mutant is seen on the smallest pair', { timeout: 120_000 }, async () => {
  let stdout = '';
  const system = join(packageRoot, 'examples', 'node-pair', 'onesend.config.js');
  const exitCode = await runCli(['sabotage', '--system', system, '--json', '--quiet'], {
    stdout: { write: (text: string) => void (stdout += text) },
    stderr: { write: () => undefined },
    environment: {},
  });
  const { verdict, mutants } = parseDocument(sabotageDocument, stdout, 'stdout');
  const unseen = mutants.filter(({ outcome }) => outcome !== 'seen');
  expect(unseen).toEqual([]);
  expect({ exitCode, verdict }).toEqual({ exitCode: 0, verdict: 'pass' });
  expect(mutants.map(({ id }) => id)).toEqual(WIRE_MUTANTS.map(({ id }) => id));
});
