// Looks at the machine: each thing the rig needs or could use, whether it is there, and what was found.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { defaultSlots } from '../live/lane.ts';
import { copyNative, findNativeFolder } from '../live/postgres/native-package.ts';
import { freePort } from '../live/process/ports.ts';
import type { DoctorCheck } from '../formats/doctor.ts';
import { examined } from './examination.ts';
import { examineContainers } from './examine-containers.ts';

/** The oldest Node that is supported, as in package.json. */
const OLDEST_NODE = [20, 19] as const;
const COMMAND_TIMEOUT_MS = 20_000;

/** Looks at everything. Nothing that is missing makes it throw. */
export async function examineMachine(): Promise<DoctorCheck[]> {
  return [
    examineNode(process.versions.node),
    { subject: 'platform', isGood: true, isNeeded: false, finding: `${process.platform} ${process.arch}` },
    ...examineResources(),
    await examined({ subject: 'temporary folder', isNeeded: true }, writeTemporaryFile),
    await examined({ subject: 'loopback ports', isNeeded: true }, async () => `free, for example ${await freePort()}`),
    await examined({ subject: 'embedded PostgreSQL', isNeeded: true }, askPostgresVersion),
    ...(await examineContainers()),
  ];
}

/** Whether this version of Node is new enough. */
export function examineNode(version: string): DoctorCheck {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const isGood = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const finding = isGood ? version : `${version}, at least ${OLDEST_NODE.join('.')} is needed`;
  return { subject: 'Node.js', isGood, isNeeded: true, finding };
}

function examineResources(): DoctorCheck[] {
  const megabytes = Math.floor(freemem() / 1_048_576);
  const slots = defaultSlots();
  return [
    { subject: 'processor cores', isGood: true, isNeeded: false, finding: String(availableParallelism()) },
    { subject: 'free memory', isGood: true, isNeeded: false, finding: `${megabytes} MB: ${slots} slots by default` },
  ];
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-doctor-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function writeTemporaryFile(): Promise<string> {
  return inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'probe'), 'probe');
    return tmpdir();
  });
}

/** In a private copy, as the live lane makes it: in the package itself the links of the libraries may be missing. */
async function askPostgresVersion(): Promise<string> {
  const source = findNativeFolder();
  return inTemporaryFolder(async (folder) => {
    const copy = join(folder, 'native');
    await copyNative(source, copy);
    const { stdout } = await execa(join(copy, 'bin', 'initdb'), ['--version'], { timeout: COMMAND_TIMEOUT_MS });
    return stdout.trim();
  });
}
