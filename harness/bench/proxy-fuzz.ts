// Five minutes of hostile bursts of requests to the fault proxy in its thread, in chapters with a fresh proxy each. The proxy must work
// after every burst; the memory of the process shows whether it leaks.
import { attack } from '../live/fault-proxy/attack.ts';
import { startFaultProxyThread } from '../live/fault-proxy/threaded.ts';

const CHAPTERS = 10;
const CHAPTER_MS = 30_000;

/** Fuzzes, and prints how often each outcome occurred. Throws, with seed and smallest burst, if the proxy does not work after a burst. */
export async function fuzzProxy(): Promise<void> {
  const totals = new Map<string, number>();
  let allBursts = 0;
  for (let chapter = 1; chapter <= CHAPTERS; chapter += 1) {
    const proxy = await startFaultProxyThread({ metrics: true });
    const seed = Date.now() % 2 ** 31;
    const { bursts, outcomes } = await attack(proxy.url, { bursts: Number.MAX_SAFE_INTEGER, forMs: CHAPTER_MS, seed });
    await proxy.close();
    allBursts += bursts;
    for (const [outcome, count] of outcomes) totals.set(outcome, (totals.get(outcome) ?? 0) + count);
    const memoryMb = (process.memoryUsage().rss / 2 ** 20).toFixed(0);
    process.stdout.write(
      `proxy fuzz: chapter ${String(chapter)}, seed ${String(seed)}: ${String(bursts)} bursts, ${memoryMb} MB\n`,
    );
  }
  const tally = [...totals]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([outcome, count]) => `${outcome} ${String(count)}`);
  process.stdout.write(`proxy fuzz: ${String(allBursts)} bursts, the proxy worked after each; ${tally.join(', ')}\n`);
}
