// Worker threads load compiled systems, as a certification does.
import { afterEach, expect, test } from 'vitest';
import { packageRoot } from '../../formats/compiled-module.ts';
import { decodeReplay } from '../../sim/replay-token.ts';
import type { Crew } from './crew.ts';
import { type Exploration, explore } from './explore.ts';
import { ladderScenario } from './ladder.ts';
import { openThreads } from './threads.ts';

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

test('a run that never gives its thread back is noticed and named by its token, whoever it went beside', async () => {
  const threads = openThreads({ module: ENDLESS, workers: 1, patienceMs: 3_000 });
  crew = threads;
  const scenario = ladderScenario({ mode: 'ON', messages: 1, seed: 5 });
  const unit = { kind: 'children', scenario, deviations: [], from: 0, until: 256, isLeaf: true } as const;
  // The toy breaks properties before it is disturbed, which would end the exploration before it comes to this unit.
  const onUnit: Crew = { ...threads, run: (_, onOutcome) => threads.run([unit], onOutcome) };
  const { end, troubles } = await explore({ crew: onUnit, seed: 5, rungs, swarm: 250 });
  expect(end).toBe('livelock');
  const token = /\((sim:v1:[\w-]+)\)$/.exec(troubles[0] ?? '')?.[1];
  expect(decodeReplay(token ?? '')).toMatchObject({
    system: 'toy',
    scenario: { name: 'one message in ON' },
    deviations: [{ site: 'legacy', key: 'legacy-1', attempt: 0, choice: 'pause' }],
  });
});

test('a thread that cannot load its system is an error and no result', async () => {
  await expect(exploreOn(`${packageRoot}/dist/absent.js`, 1)).rejects.toThrow('absent.js');
});
