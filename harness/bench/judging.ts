// The judging benchmark: the time to judge an event, in histories of several sizes. It is the same for all sizes if judging is linear.
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import { judge } from '../evidence/judge.ts';
import type { History } from '../formats/history.ts';
import { longHistory } from './judging-workload.ts';
import { median } from './quantile.ts';

const SIZES = [25_000, 50_000, 100_000, 200_000, 400_000];
const TURNS = 5;

/** Judges histories of all sizes in turns. Prints the time for each, and the ratio of its time per event to that of the smallest. */
export function benchJudging(): Promise<void> {
  const contestants = SIZES.map((size) => ({ history: longHistory(size), samples: [] as number[] }));
  // The first turn is a warm-up and is not counted.
  for (let turn = 0; turn <= TURNS; turn += 1) {
    for (const { history, samples } of contestants) {
      const micros = judgingMicros(history);
      if (turn > 0) samples.push(micros);
    }
  }
  const costs = contestants.map(({ history, samples }) => {
    const micros = median(samples);
    return { events: history.events.length, micros, each: micros / history.events.length };
  });
  const least = costs[0]?.each ?? Number.NaN;
  for (const { events, micros, each } of costs) {
    const ratio = (each / least).toFixed(2);
    say(`${events} events: ${(micros / 1e6).toFixed(2)} s of CPU, ${each.toFixed(2)} us an event, ${ratio} times`);
  }
  return Promise.resolve();
}

/** The CPU microseconds that checkers, receipts and goals take for one history. */
function judgingMicros(history: History): number {
  const before = process.cpuUsage();
  judge({ history }, checkersOracle);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function say(line: string): void {
  process.stdout.write(`judging: ${line}\n`);
}
