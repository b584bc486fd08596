// Tests `onesend bisect` on a described pair: the processes of each commit are started.
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSystem } from '../../adapters/load-system.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { bisectDocument } from '../../formats/bisect.ts';
import { counterexampleDocument } from '../../formats/counterexample.ts';
import { parseDocument, readDocument, writeDocument } from '../../formats/document.ts';
import { campaignScenario, FROM_THE_START } from '../../generators/campaign-scenario.ts';
import { startFaultProxyThread } from '../../live/fault-proxy/threaded.ts';
import { onSharedLane } from '../../live/shared-lane.fixture.ts';
import { sharedServer } from '../../live/shared-server.fixture.ts';
import { compiledModule, packageRoot } from '../../platform/compiled-module.ts';
import { counterexamplesOf } from '../../runner/counterexample.ts';
import { runCase } from '../../runner/run-case.ts';
import { type ClaimingPair, claimingPair } from '../bisect/claiming-pair.fixture.ts';
import { type CommitFiles, makeRepository, subjectOf } from '../bisect/commits.fixture.ts';

const MAIN = compiledModule(import.meta.url, '../main.ts');
/** The number of commits after the good one; `.ci/long bisect` has 64. It is even, so that git tries UNSTARTABLE, in the middle, first. */
const AFTER = Number(process.env['ONESEND_BISECT_COMMITS'] ?? 8);
const UNSTARTABLE = 1 + AFTER / 2;
const PLANTED = 1 + Math.round((AFTER * 11) / 16);
const SYSTEM = 'onesend.config.json';

let folder: string;
let found: string;
let repository: string;
let commits: readonly string[] = [];

/** The files that the commit with this number, from 1 on, changes. */
function changesOf(number: number, { fenced, unfenced, unstartable }: ClaimingPair): CommitFiles {
  const note = { 'note.txt': `${number}\n` };
  if (number === 1) return { ...fenced, ...note };
  if (number === UNSTARTABLE) return { ...unstartable, ...note };
  if (number === UNSTARTABLE + 1) return { ...note, 'service.js': fenced['service.js'] ?? '' };
  return number === PLANTED ? { ...unfenced, ...note } : note;
}

/** Runs a case in which the service's answer is too late for the legacy app, and returns the file of its counterexample. */
async function keepDoubleSend(config: string): Promise<string> {
  const { description } = await loadSystem(config, {});
  const late = { kind: 'latency', stream: 'downstream', latencyMs: 1_200, jitterMs: 0, ...FROM_THE_START } as const;
  const scenario = campaignScenario({ name: 'the answer comes too late', faults: [late] });
  const run = await onSharedLane({ description, slots: 1 }, (executor) =>
    runCase({ executor, oracle: checkersOracle }, { scenario, deviations: [] }),
  );
  if (run.kind !== 'judged') throw new Error(`the run ended ${run.kind}`);
  const twice = counterexamplesOf(run, { system: description.name, lane: 'live' }).find(({ id }) =>
    id.startsWith('S1-'),
  );
  if (twice === undefined) throw new Error('the pair did not send twice');
  const file = join(folder, `${twice.id}.json`);
  await writeDocument(file, twice);
  return file;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-bisect-live-test-'));
  const written = join(folder, 'pair');
  const pair = await claimingPair(written);
  repository = join(folder, 'repository');
  commits = await makeRepository(
    repository,
    Array.from({ length: 1 + AFTER }, (_, index) => changesOf(index + 1, pair)),
  );
  await symlink(join(packageRoot, 'node_modules'), join(repository, 'node_modules'));
  for (const [name, text] of Object.entries(pair.unfenced)) await writeFile(join(written, name), text);
  found = await keepDoubleSend(join(written, SYSTEM));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Bisects on the PostgreSQL server of the tests, so that no commit has to start one. */
async function bisect(): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }> {
  const proxy = await startFaultProxyThread();
  try {
    const flags = [
      '--system',
      SYSTEM,
      '--good',
      commits[0] ?? '',
      '--bad',
      'main',
      '--infra',
      'external',
      '--slots',
      '3',
    ];
    const { exitCode, stdout, stderr } = await execa(process.execPath, [MAIN, 'bisect', ...flags, '--json', found], {
      cwd: repository,
      reject: false,
      env: { ONESEND_POSTGRES_URL: sharedServer().url('postgres'), ONESEND_TOXIPROXY_URL: proxy.url },
    });
    return { exitCode, stdout, stderr };
  } finally {
    await proxy.close();
  }
}

/** Enough time for seven replays, each with its own databases, on a busy machine. */
const TIMEOUT = { timeout: 600_000 };

test(
  'bisect finds the commit that broke a described pair, and names one whose processes do not start',
  TIMEOUT,
  async () => {
    const { exitCode, stdout, stderr } = await bisect();
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const report = parseDocument(bisectDocument, stdout, 'stdout');
    expect(report).toMatchObject({ outcome: 'found', system: SYSTEM });
    expect(report.candidates.map(({ commit, subject }) => [commit, subject])).toEqual([
      [commits[PLANTED - 1], subjectOf(PLANTED)],
    ]);
    const skipped = report.steps.flatMap(({ outcome, subject, message }) =>
      outcome === 'skipped' ? [`${subject}: ${message}`] : [],
    );
    expect(skipped).toEqual([
      expect.stringMatching(new RegExp(`^${subjectOf(UNSTARTABLE)}: ONESEND_\\w+: .*service`, 'u')),
    ]);
    const { fingerprint } = await readDocument(counterexampleDocument, found);
    expect(report.findings?.map(({ property }) => property)).toContain(fingerprint.slice(0, 2));
    // Replays: the good commit, the bad commit, the skipped commit, one that its skipping can cost, and one per bisection step.
    expect(report.steps.length).toBeLessThanOrEqual(4 + Math.ceil(Math.log2(AFTER)));
  },
);
