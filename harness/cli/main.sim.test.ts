// The command line on the sim lane, as a user starts it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDocument } from '../formats/document.ts';
import { certificateDocument, counterexampleDocument, resultDocument } from '../formats/result.ts';
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import { explore } from '../sim/explore/explore.ts';
import { DEFAULT_RUNGS } from '../sim/explore/bounded-search.ts';
import { localCrew } from '../sim/explore/inline-pool.ts';
import { openSim } from '../sim/explore/open-sim.ts';
import { system as asWritten } from '../../scenarios/as-written/system.ts';
import { runCli } from './run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-sim-cli-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function onesend(...commandArguments: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const streams = { stdout: '', stderr: '' };
  const exitCode = await runCli(commandArguments, {
    stdout: { write: (text: string) => void (streams.stdout += text) },
    stderr: { write: (text: string) => void (streams.stderr += text) },
    environment: {},
  });
  return { exitCode, ...streams };
}

const certify = ['certify', '--lane', 'sim', '--seed', '1', '--quiet', '--no-color', '--out'] as const;

test('the runbook as written is refused, and the line that is printed replays the smallest counterexample', async () => {
  const refused = await onesend(...certify, folder, '--system', 'as-written');
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout).toContain('SENT AGAIN');
  const result = parseDocument(resultDocument, await readFile(join(folder, 'results.json'), 'utf8'), 'results.json');
  expect(result).toMatchObject({ lane: 'sim', verdict: 'violation', counterexamples: [{ messages: 1, faults: 1 }] });
  const file = join(folder, result.counterexamples[0]?.file ?? '');
  parseDocument(counterexampleDocument, await readFile(file, 'utf8'), file);

  // The command explores with compiled code on a thread per core; the same search in this thread, from the sources, comes to the same.
  const crew = localCrew(await openSim(asWritten), checkersOracle);
  const here = await explore({ crew, seed: 1, rungs: DEFAULT_RUNGS, swarm: result.exploration?.swarm.planned ?? 0 });
  expect(result.exploration).toMatchObject({ digest: here.digest, rungs: here.rungs, compared: here.compared });

  const token = /^replay it: npx onesend replay (sim:v1:[\w-]+)$/m.exec(refused.stdout)?.[1] ?? '';
  expect(await onesend('replay', token)).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^FAILED: /) });
  expect(await onesend('replay', file)).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^FAILED: /) });
  const repaired = await onesend('replay', token, '--system', 'reference');
  expect(repaired).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^FIXED: /) });
});

test('the reference passes, and says how many of the placements were tried', async () => {
  const passed = await onesend(...certify, folder, '--runs', '2100');
  expect(passed.stdout).toMatch(/sim: 1 message, 1 deviation: (\d+) of \1 placements/);
  expect(passed.stdout).toContain('sim: 2100 of 2100 random runs');
  expect(passed.exitCode).toBe(0);
  const text = await readFile(join(folder, 'certificate.json'), 'utf8');
  const { claim, result } = parseDocument(certificateDocument, text, 'certificate.json');
  expect(claim.join('\n')).toMatch(/placements of 1 deviations in runs of 2 messages/);
  expect(result.exploration?.goals.every(({ reached }) => reached > 0)).toBe(true);
});

test('a certification that is cut short says by what, and is no pass', async () => {
  const { exitCode, stdout } = await onesend(...certify, folder, '--max-time', '1ms');
  expect(exitCode).toBe(3);
  expect(stdout).toContain('the exploration ran out of its time');
});
