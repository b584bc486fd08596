// Tests `onesend certify`, `report` and `replay` on the sim lane, in this process.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseDocument } from '../../formats/document.ts';
import { certificateDocument } from '../../formats/certificate.ts';
import { counterexampleDocument } from '../../formats/counterexample.ts';
import { GOALS } from '../../formats/goal.ts';
import { reportDocument } from '../../formats/report.ts';
import { type Result, resultDocument } from '../../formats/result.ts';
import { parseRunEvents } from '../../formats/run-event.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { search } from '../../runner/search.ts';
import { explorationSpace } from '../../sim/explore/exploration.ts';
import { inlinePool } from '../../sim/explore/inline-pool.ts';
import { openSimLane } from '../../sim/lane.ts';
import { PROFILES } from '../profiles.ts';
import { system as asWritten } from '../../../scenarios/as-written/system.ts';
import { expectAsDocumented } from '../documented/as-documented.fixture.ts';
import { type EndedInProcess, runInProcess } from '../run-in-process.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-sim-cli-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function onesend(...commandArguments: string[]) {
  return runInProcess(commandArguments);
}

const certify = ['certify', '--lane', 'sim', '--seed', '1', '--quiet', '--no-color', '--out'] as const;

describe('the runbook as written', () => {
  /** Enough random runs for a task of each thread, and for violations that only they show. */
  const SWARM = 100;
  let refused: EndedInProcess;
  let result: Result;

  beforeAll(async () => {
    refused = await onesend(...certify, folder, '--system', 'as-written', '--runs', String(SWARM));
    result = parseDocument(resultDocument, await readFile(join(folder, 'results.json'), 'utf8'), 'results.json');
  });

  test('the runbook as written is refused, with one counterexample for each fingerprint', async () => {
    expect(refused.exitCode).toBe(1);
    expectAsDocumented('onesend certify --system as-written --lane sim --seed 1', refused.stdout);
    expect(result).toMatchObject({ lanes: [{ lane: 'sim' }], verdict: 'violation' });
    const kept = result.counterexamples.map(({ id, messages, faults }) => [id.split('-')[0], messages, faults]);
    expect(kept[0]).toEqual(['S1', 1, 1]);
    expect(kept).toEqual(
      expect.arrayContaining([
        ['S8', 1, 1],
        ['S12', 1, 1],
        ['L2', 1, 1],
        ['S13', 2, 1],
      ]),
    );
    const fingerprints = result.counterexamples.map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
    const file = join(folder, result.counterexamples[0]?.file ?? '');
    parseDocument(counterexampleDocument, await readFile(file, 'utf8'), file);
  });

  test('the runbook as written is refused by compiled code on a thread per core as by the same search in one thread, from the sources', async () => {
    const runner = inlinePool(await openSimLane(asWritten), checkersOracle);
    const here = await search({
      space: explorationSpace({ seed: 1, ...PROFILES.default, swarm: SWARM }),
      runner,
    });
    const { violations: _, ...evidence } = here.evidence;
    expect(result.lanes[0]).toMatchObject({ digest: here.digest, evidence });
  });

  test('the runbook as written is replayed by the line that is printed, by the token, and by the file of the counterexample', async () => {
    const id = /^replay it: +npx onesend replay (S1-\w+)$/m.exec(refused.stdout)?.[1] ?? '';
    expect(id).toBe(result.counterexamples[0]?.id);
    expect(await readFile(join(folder, 'index.html'), 'utf8')).toContain(`data-copy="npx onesend replay ${id}"`);
    expect(await onesend('replay', id)).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^FAILED: /) });
    // Reports for other machines name the run by its token.
    const [token = ''] = /sim:v2:[\w-]+/.exec(await readFile(join(folder, 'results.sarif'), 'utf8')) ?? [];
    expect(await onesend('replay', token)).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^FAILED: /) });
    const file = join(folder, result.counterexamples[0]?.file ?? '');
    expect(await onesend('replay', file)).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^FAILED: /) });
    const repaired = await onesend('replay', token, '--system', 'reference');
    expect(repaired).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^FIXED: /) });
  });
});

test('certify passes the reference, and prints how many of the placements were tried', async () => {
  const passed = await onesend(...certify, folder, '--runs', '1000');
  expect(passed.stdout).toMatch(/sim: 1 message, 1 deviation: (\d+) of \1 placements/);
  expect(passed.stdout).toContain('sim: 1,000 of 1,000 random runs');
  expect(passed.exitCode).toBe(0);
  const text = await readFile(join(folder, 'certificate.json'), 'utf8');
  const { claims, result } = parseDocument(certificateDocument, text, 'certificate.json');
  expect(claims).toContainEqual(
    expect.objectContaining({ numbers: expect.objectContaining({ messages: 2, deviations: 1 }) }),
  );
  const goals = result.lanes[0]?.evidence.goals;
  expect(GOALS.filter((goal) => (goals?.[goal] ?? 0) === 0)).toEqual([]);
});

test('the page is written beside the result, and report makes the same one from the files', async () => {
  const path = join(folder, 'index.html');
  const written = await readFile(path, 'utf8');
  expect(written).toContain('<h2 id="comparison-title">');
  await rm(path);
  expect(await onesend('report', folder)).toEqual({ exitCode: 0, stdout: `${path}\n`, stderr: '' });
  expect(await readFile(path, 'utf8')).toBe(written);
  const { stdout } = await onesend('report', folder, '--json', '--no-open');
  const done = parseDocument(reportDocument, stdout, 'stdout');
  expect(done).toEqual({ format: 'onesend.report/1', page: path, isOpened: false, missing: [] });
});

test('certify writes events in order, one per line, and moves those of the run before to the folder previous', async () => {
  const out = join(folder, 'followed');
  const file = join(out, 'events.ndjson');
  const { exitCode } = await onesend(...certify, out, '--system', 'as-written', '--runs', '1', '--stop-at-first');
  expect(exitCode).toBe(1);
  const text = await readFile(file, 'utf8');
  const events = parseRunEvents(text, file);
  const result = parseDocument(resultDocument, await readFile(join(out, 'results.json'), 'utf8'), 'results.json');
  const { versions, startedAt, system, seed, verdict } = result;
  expect(events[0]).toMatchObject({ kind: 'started', versions, startedAt, system, seed, flags: { stopAtFirst: true } });
  expect(events[1]).toMatchObject({ kind: 'lane', lane: 'sim' });
  expect(events.at(-1)).toMatchObject({ kind: 'verdict', verdict, exitCode });
  expect(events.map(({ atMs }) => atMs)).toEqual(events.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
  const found = events.flatMap((event) => (event.kind === 'finding' ? event.fingerprint : []));
  const kept = events.flatMap((event) => (event.kind === 'counterexample' ? [event] : []));
  expect(kept.map(({ id }) => id)).toEqual(result.counterexamples.map(({ id }) => id));
  expect(kept[0]?.properties).toContain(kept[0]?.id.split('-')[0]);
  expect(found).toContain(kept[0]?.fingerprint);

  await onesend(...certify, out, '--max-time', '1ms');
  expect(await readFile(join(out, 'previous', 'events.ndjson'), 'utf8')).toBe(text);
  const next = parseRunEvents(await readFile(file, 'utf8'), file);
  expect(next.at(-1)).toMatchObject({ kind: 'verdict', verdict: 'inconclusive', exitCode: 3 });
});

test('a certification whose servers cannot be reached replaces the files of the run before, and says so in each of its own', async () => {
  const out = join(folder, 'failed');
  await onesend(...certify, out, '--max-time', '1ms');
  const before = await readFile(join(out, 'results.json'), 'utf8');
  vi.stubEnv('ONESEND_POSTGRES_URL', 'postgres://onesend@127.0.0.1:1/postgres');
  vi.stubEnv('ONESEND_TOXIPROXY_URL', 'http://127.0.0.1:1');
  const pair = join(packageRoot, 'examples/node-pair/onesend.config.js');
  const ended = await onesend(
    'certify',
    '--system',
    pair,
    '--infra',
    'external',
    '--seed',
    '1',
    '--quiet',
    '--out',
    out,
  );
  vi.unstubAllEnvs();
  expect(ended.exitCode).toBe(4);
  expect(ended.stderr).toMatch(/^ONESEND_INFRASTRUCTURE: /);
  const read = (name: string): Promise<string> => readFile(join(out, name), 'utf8');
  const result = parseDocument(resultDocument, await read('results.json'), 'results.json');
  expect(result).toMatchObject({ verdict: 'infrastructure', lanes: [{ lane: 'live' }], counterexamples: [] });
  expect(await read('junit.xml')).toContain('type="infrastructure"');
  const { runs } = JSON.parse(await read('results.sarif')) as { runs: unknown[] };
  expect(runs).toMatchObject([{ results: [], invocations: [{ executionSuccessful: false }] }]);
  expect(parseRunEvents(await read('events.ndjson'), 'events').at(-1)).toMatchObject({ kind: 'verdict', exitCode: 4 });
  expect(await read('previous/results.json')).toBe(before);
});

test('report refuses a folder without a result', async () => {
  const nowhere = join(folder, 'nowhere');
  expect(await onesend('report', nowhere)).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(/^ONESEND_BAD_DOCUMENT: .*nowhere.results\.json: expected .*\n$/),
  });
});

test('a certification that runs out of time is inconclusive, and says so', async () => {
  const { exitCode, stdout } = await onesend(...certify, folder, '--max-time', '1ms');
  expect(exitCode).toBe(3);
  expect(stdout).toContain('time ran out before everything planned had run');
  expect(stdout).toContain('no placement of 1 deviation in runs of 2 messages was tried');
});
