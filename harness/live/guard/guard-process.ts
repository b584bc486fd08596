// The guard's own process. It reads commands from stdin while the rig lives. When the pipe ends, it cleans up what is still watched, in
// whichever way the rig ended, and exits. It has its own session, so a Ctrl-C at the terminal does not reach it.
import { createInterface } from 'node:readline';
import { cleanUp } from './clean-up.ts';
import { listProcesses } from './process-table.ts';
import { applyLine, emptyWatchList } from './watch-list.ts';

/** After this time the guard gives up, and the user must clean up what is left. */
const DEADLINE_MS = 30_000;

/** How often the kin of processes without a marker are listed. Kin whose parents end between two listings are not found again. */
const LIST_MS = 250;

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});

const list = emptyWatchList();
const commands = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
commands.on('line', (line) => applyLine(list, line));
const listing = setInterval(() => {
  const unmarked = [...list.processes.values()].filter(({ root }) => root.marker === undefined);
  if (unmarked.length === 0) return;
  const table = listProcesses();
  for (const kin of unmarked) kin.running(table);
}, LIST_MS);
commands.once('close', () => {
  clearInterval(listing);
  setTimeout(() => process.exit(1), DEADLINE_MS).unref();
  cleanUp(list).then(
    (left) => process.exit(left.length === 0 ? 0 : 1),
    () => process.exit(1),
  );
});
// A broken pipe means the same as an ended one.
process.stdin.on('error', () => commands.close());
process.stdout.on('error', () => {});
process.stdout.write('ready\n');
