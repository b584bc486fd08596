// Worker threads load compiled systems, as a certification does.
import { afterEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../platform/compiled-module.ts';
import { decodeReplay } from '../replay-token.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { certifySim } from '../../runner/certify-sim.ts';
import type { Crew } from './worker-pool.ts';
import { type Exploration, explore } from './explore.ts';
import { ladderScenario } from './bounded-search.ts';
import { openThreads } from './thread-pool.ts';
import type { Unit } from './task.ts';

const REFERENCE = `${packageRoot}/dist/src/reference.js`;
const AS_WRITTEN = `${packageRoot}/dist/scenarios/as-written/system.js`;
const ENDLESS = `${packageRoot}/dist/harness/sim/testing/endless-system.js`;

const rungs = [
  { messages: 1, deviations: 0 },
  { messages: 1, deviations: 1 },
];

let crew: Crew | undefined;
afterEach(() => crew?.close());

async function exploreOn(module: string, workers: number): Promise<Exploration> {
  crew = openThreads({ module, workers });
  const found = await explore({ crew, seed: 5, rungs, swarm: 250 });
  await crew.close();
  return found;
}

test('one, two and three workers come to the same, run for run', async () => {
  const alone = await exploreOn(REFERENCE, 1);
  expect(alone).toMatchObject({ end: 'finished', violations: [], selfCheck: [], doubts: [] });
  expect(alone.rungs.every(({ planned, run }) => run === planned)).toBe(true);
  expect(await exploreOn(REFERENCE, 2)).toEqual(alone);
  expect(await exploreOn(REFERENCE, 3)).toEqual(alone);
});

test('the runbook as written is refused within fifty runs, with one deviation, by any number of workers', async () => {
  const alone = await exploreOn(AS_WRITTEN, 1);
  const first = alone.violations.find(({ properties }) => properties.includes('S1'));
  expect(first?.ordinal).toBeLessThanOrEqual(50);
  expect(first?.deviations).toHaveLength(1);
  expect(await exploreOn(AS_WRITTEN, 3)).toEqual(alone);
});

describe('a run that never gives its thread back', () => {
  const pause = { site: 'legacy', key: 'legacy-1', attempt: 0, choice: 'pause' };
  const scenario = ladderScenario({ mode: 'ON', messages: 1, seed: 5 });

  /** A crew that is given this unit alone: the toy breaks properties before it is disturbed, which would end the exploration earlier. */
  const openOn = (unit: Unit): Crew => {
    const threads = openThreads({ module: ENDLESS, workers: 1, patienceMs: 2_000 });
    crew = threads;
    return { ...threads, run: (_, onOutcome) => threads.run([unit], onOutcome) };
  };

  test('is noticed whoever it went beside, named by its token, shrunk, saved, and confirmed', async () => {
    const onUnit = openOn({ kind: 'children', scenario, deviations: [], from: 0, until: 256, isLeaf: true });
    const about = { system: { name: 'toy', sha256: '', files: {} }, readings: {}, timings: {}, infrastructure: {} };
    const bounds = { seed: 5, rungs, swarm: 250 };
    const options = { ...about, ...bounds, versions: {}, crew: onUnit, oracle: checkersOracle };
    const { decision, counterexamples } = await certifySim(options);
    expect(decision.verdict).toBe('violation');
    const token = /^livelock: .*\((sim:v1:[\w-]+)\)$/.exec(decision.reasons[0] ?? '')?.[1];
    expect(decodeReplay(token ?? '')).toMatchObject({ system: 'toy', scenario, deviations: [pause] });
    const [saved] = counterexamples;
    expect(saved).toMatchObject({ anomaly: { kind: 'livelock' }, findings: [], shrinking: { stopped: 'minimal' } });
    expect(decodeReplay(saved?.replay?.token ?? '').deviations).toEqual([pause]);
    // What happened before it hung is there to be drawn.
    expect(saved?.history.events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['trigger', 'observer-problem']),
    );
  });

  test('is named in a swarm as well, by what was decided up to there', async () => {
    const onUnit = openOn({ kind: 'swarm', seed: 3, count: 250 });
    const { end, violations } = await explore({ crew: onUnit, seed: 5, rungs: [], swarm: 250 });
    expect(end).toBe('livelock');
    const [found] = violations;
    expect(found).toMatchObject({ anomaly: { kind: 'livelock' } });
    expect(found?.deviations.length).toBeGreaterThan(0);
  });
});

test('a thread that cannot load its system is an error and no result', async () => {
  await expect(exploreOn(`${packageRoot}/dist/absent.js`, 1)).rejects.toThrow('absent.js');
});
