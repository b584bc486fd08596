// Labels that say who owns a container. By the label of the run, the guard removes what a dead run left. By the labels of process and
// machine, the next rig removes what is left of dead rigs whose guard has died too. Ryuk can also remove them.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type ProcessRecord, readProcess } from '../guard/process-table.ts';
import type { ContainerEngine } from './engine.ts';

const RUN_LABEL = 'onesend.run';
const MACHINE_LABEL = 'onesend.machine';
const PROCESS_LABEL = 'onesend.process';

/** A unique label for one run, as `name=value`. */
export function newRunLabel(): string {
  return `${RUN_LABEL}=${randomUUID()}`;
}

/** The labels that name a run of this process as the owner. */
export function ownerLabels(runLabel: string): Record<string, string> {
  const self = readProcess(process.pid);
  return {
    [RUN_LABEL]: runLabel.slice(`${RUN_LABEL}=`.length),
    [MACHINE_LABEL]: hostname(),
    [PROCESS_LABEL]: self === undefined ? String(process.pid) : ownerOf(self),
  };
}

/** Removes the containers whose rig ran on this machine and has died. Returns their number. */
export async function removeOrphans({ client }: ContainerEngine): Promise<number> {
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

/** A pid can be reused, but the pid with the start time names one process. */
function ownerOf({ pid, startTime }: ProcessRecord): string {
  return `${pid} ${startTime}`;
}

function isAlive(owner: string): boolean {
  const record = readProcess(Number.parseInt(owner, 10));
  return record !== undefined && ownerOf(record) === owner;
}
