// Checks the machine for everything that the rig needs or can use, by trying it.
import type { DoctorCheck } from '../formats/doctor.ts';
import { examineContainers } from './examine-containers.ts';
import { examineResources } from './examine-resources.ts';
import { examineServers } from './examine-servers.ts';

/** The oldest Node that is supported, as in package.json. */
const OLDEST_NODE = [20, 19] as const;

/** Runs all checks. It does not throw for what is missing. */
export async function examineMachine(): Promise<DoctorCheck[]> {
  return [
    examineNode(process.versions.node),
    { subject: 'platform', isGood: true, isNeeded: false, finding: `${process.platform} ${process.arch}` },
    ...(await examineResources()),
    ...(await examineServers()),
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
