// Explorers place one flip for all flips without a read of the flags between them. Here the flips that they leave out run as well: apart
// from the flip itself, each must have the same history as the placed one, to the microsecond.
import { expect, test } from 'vitest';
import { judgeHistory } from '../../harness/evidence/check-history.ts';
import { plainScenario } from '../../harness/sim/explore/bounded-search.ts';
import type { Deviation } from '../../harness/formats/case.ts';
import { childrenOf, lastDeviation } from '../../harness/sim/explore/placements.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import type { SimRun } from '../../harness/sim/run.ts';
import { MODES } from '../../src/contract/mode.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';

/** Every 11th run with one deviation gets a flip as a second deviation. 11 is a prime, so that all sites have their turn. */
const EVERY = 11;

/** Each flip that explorers do not place after this run, with the flip that they place instead. */
function leftOut(parent: SimRun): { out: Deviation; instead: Deviation }[] {
  const placed = new Set(
    childrenOf(parent).map(({ site, key, attempt, choice }) => `${site} ${key} ${attempt} ${choice}`),
  );
  const pairs: { out: Deviation; instead: Deviation }[] = [];
  let instead: Deviation | undefined;
  for (const { site, key, attempt } of parent.points.slice(lastDeviation(parent) + 1)) {
    if (site.name !== 'legacy') continue;
    const flip = { site: site.name, key, attempt, choice: 'flip' };
    if (placed.has(`${site.name} ${key} ${attempt} flip`)) instead = flip;
    else if (instead === undefined) throw new Error('the first flip is not placed');
    else pairs.push({ out: flip, instead });
  }
  return pairs;
}

/** The events, decisions and judgements of a run without its flip. Transactions are numbered in the order of their first row. */
function besidesTheFlip(run: SimRun): unknown {
  const names = new Map<string, number>();
  const nameOf = (transaction: string): number => {
    const name = names.get(transaction) ?? names.size;
    names.set(transaction, name);
    return name;
  };
  const seen = run.history.events
    .filter((event) => event.kind !== 'flip' && !(event.kind === 'row' && event.table === 'feature_flags'))
    .map((event) =>
      Object.assign({}, event, { seq: 0 }, event.kind === 'row' && { transaction: nameOf(event.transaction) }),
    );
  const met = run.points.map(({ site, key, attempt, atMicros }) => [site.name, key, attempt, atMicros]);
  // Findings name events by their place in the history, which the flip moves, so only their number is compared.
  const judged = judgeHistory(run.history).map(({ property, exercised, findings, undecided, crashed }) => {
    return { property, exercised, findings: findings.length, undecided: undecided.length, crashed };
  });
  return { seen, met, reported: run.history.scenario.faults, judged };
}

const explored = [
  { of: 'one message of the reference', system: reference, messages: 1, every: EVERY },
  { of: 'two messages of the reference', system: reference, messages: 2, every: 5 * EVERY },
  { of: 'one message of the runbook as written', system: asWritten, messages: 1, every: 7 },
];

test.each(explored)(
  'a flip that explorers leave out has the same effect as the flip that they place instead: $of',
  async (example) => {
    const { system, messages, every } = example;
    const lane = await openSimLane(system);
    let compared = 0;
    for (const mode of MODES) {
      const scenario = plainScenario({ mode, messages, seed: 1 });
      const root = await lane.simulate(scenario, { isRecording: true });
      const single = childrenOf(root).filter((_, index) => index % every === 0);
      for (const deviations of [[], ...single.map((deviation) => [deviation])]) {
        const parent = await lane.simulate(scenario, { deviations, isRecording: true });
        for (const { out, instead } of leftOut(parent)) {
          const [left, stood] = [out, instead].map((flip) => ({
            deviations: [...deviations, flip],
            isRecording: true,
          }));
          expect(besidesTheFlip(await lane.simulate(scenario, left))).toEqual(
            besidesTheFlip(await lane.simulate(scenario, stood)),
          );
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  },
);
