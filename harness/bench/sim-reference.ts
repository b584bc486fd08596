// The reference benchmark: compares runs with store, history and all checkers in the sim lane with the same runs on fake timers, and
// profiles where the lane spends its time.
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { system } from '../../src/reference.ts';
import { packageRoot } from '../platform/compiled-module.ts';
import { openSimLane } from '../sim/lane.ts';
import { measureInterleaved } from './interleaved-benchmark.ts';
import { judgeAll, ROUND_RUNS, rounds, WARM_UP_ROUNDS } from './sim-reference-workload.ts';

const IN_LANE = 'reference';
const ON_TIMERS = 'reference-on-fake-timers';

/** Runs both variants in turns and prints scenarios a second, the ratio of the medians and a profile. */
export async function benchSimReference(): Promise<void> {
  const micros = await measureInterleaved([IN_LANE, ON_TIMERS], { warmUpRounds: WARM_UP_ROUNDS });
  const [lane, timers] = [micros[IN_LANE] / ROUND_RUNS, micros[ON_TIMERS] / ROUND_RUNS];
  say(`in the lane: ${lane.toFixed(0)} us of CPU, ${(1e6 / lane).toFixed(0)} scenarios/s a core`);
  say(`on fake timers: ${timers.toFixed(0)} us of CPU, ${(timers / lane).toFixed(1)} times`);
  for (const [place, share] of await profile()) say(`${(share * 100).toFixed(0)}% in ${place}`);
}

const PROFILED_ROUNDS = 60;

/** The share of the lane's time by the room of the code, largest first, after a warm-up. The time of native code counts for its caller. */
async function profile(): Promise<[string, number][]> {
  const lane = await openSimLane(system);
  const run = (count: number): Promise<void> => {
    const requests = rounds(count);
    return lane.explore(() => requests.next().value ?? undefined, judgeAll);
  };
  await run(WARM_UP_ROUNDS);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await run(PROFILED_ROUNDS);
  const { profile: found } = await session.post('Profiler.stop');
  session.disconnect();
  const shares = new Map<string, number>();
  let total = 0;
  for (const { callFrame, hitCount = 0 } of found.nodes) {
    const place = callFrame.functionName === '(garbage collector)' ? 'garbage collection' : roomOf(callFrame.url);
    shares.set(place, (shares.get(place) ?? 0) + hitCount);
    total += hitCount;
  }
  return [...shares].map(([place, hits]): [string, number] => [place, hits / total]).toSorted(([, a], [, b]) => b - a);
}

const ROOMS: readonly (readonly [string, string])[] = [
  ['harness/sim/store/', 'the simulated store'],
  ['harness/sim/', 'the simulated world and its engine'],
  ['harness/history/', 'histories'],
  ['harness/checkers/', 'checkers'],
  ['src/', 'the reference'],
];

function roomOf(url: string): string {
  const path = url.startsWith('file:') ? fileURLToPath(url).replace(`${packageRoot}/`, '').replace('build/', '') : '';
  return ROOMS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'Node and V8';
}

function say(line: string): void {
  process.stdout.write(`sim reference: ${line}\n`);
}
