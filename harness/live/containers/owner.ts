// Whose containers are whose: a label names the rig that started a container, so that the next rig can remove those of dead ones. Ryuk
// does the same within seconds, where it may run.
import { hostname } from 'node:os';
import { type ProcessRecord, readProcess } from '../guard/process-table.ts';
import type { Engine } from './engine.ts';

const MACHINE_LABEL = 'onesend.machine';
const PROCESS_LABEL = 'onesend.process';

/** The labels that name this process as the owner. */
export function ownerLabels(): Record<string, string> {
  const self = readProcess(process.pid);
  return { [MACHINE_LABEL]: hostname(), [PROCESS_LABEL]: self === undefined ? String(process.pid) : ownerOf(self) };
}

/** Removes the containers whose rig ran on this machine and has died. Answers with how many there were. */
export async function removeOrphans({ client }: Engine): Promise<number> {
  const { dockerode } = client.container;
  const own = await dockerode.listContainers({
    all: true,
    filters: { label: [`${MACHINE_LABEL}=${hostname()}`, PROCESS_LABEL] },
  });
  const orphans = own.filter(({ Labels: labels }) => !isAlive(labels[PROCESS_LABEL] ?? ''));
  await Promise.all(
    orphans.map(({ Id: id }) =>
      // Another rig may be removing it at the same moment.
      dockerode
        .getContainer(id)
        .remove({ force: true, v: true })
        .catch(() => undefined),
    ),
  );
  return orphans.length;
}

/** A pid alone may have been given out again; with the time of its start it names one process. */
function ownerOf({ pid, startTime }: ProcessRecord): string {
  return `${pid} ${startTime}`;
}

function isAlive(owner: string): boolean {
  const record = readProcess(Number.parseInt(owner, 10));
  return record !== undefined && ownerOf(record) === owner;
}
