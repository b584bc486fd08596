// PostgreSQL refuses to run as root, so a rig that runs as root (as in most containers) starts it as another user of the machine.
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { InfrastructureError } from '../../platform/errors.ts';

/** A user of this machine, from /etc/passwd. */
export interface MachineUser {
  name: string;
  uid: number;
  gid: number;
}

/** The users that are tried first; any other user would work as well. */
const PREFERRED_NAMES = ['postgres', 'nobody', 'daemon'];
const ATTEMPTS_MAX = 8;

/**
 * The user to run the server as; undefined for the rig's own user. It is the first one for which `canRun` resolves to true: a container can
 * list users that the rig is not allowed to switch to. Throws an InfrastructureError when there is none.
 */
export async function chooseServerUser(
  canRun: (user: MachineUser | undefined) => Promise<boolean>,
): Promise<MachineUser | undefined> {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) assertNamed();
  const candidates = isRoot ? rankUsers(await readFile('/etc/passwd', 'utf8')) : [undefined];
  for (const user of candidates.slice(0, ATTEMPTS_MAX)) if (await canRun(user)) return user;
  const tried = isRoot ? 'as another user than root' : 'as this user';
  throw new InfrastructureError(`expected PostgreSQL's program to run ${tried}, it cannot be started`, {
    hint: 'Set TMPDIR to a directory that other users can enter and where programs may run; the binaries need glibc.',
  });
}

/** Throws for a user id without a name, which containers often have: PostgreSQL does not run under it. */
function assertNamed(): void {
  try {
    userInfo();
  } catch (cause) {
    const uid = process.getuid?.() ?? -1;
    throw new InfrastructureError(`PostgreSQL needs a user that has a name, user id ${uid} has none`, {
      hint: `Run as another user, or add it: echo 'onesend:x:${uid}:0::/tmp:/bin/sh' >>/etc/passwd.`,
      cause,
    });
  }
}

/** The users of a passwd file other than root, the most suitable first. PostgreSQL needs a user that has a name. */
export function rankUsers(passwd: string): MachineUser[] {
  const users = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid >= 0);
  const rank = ({ name }: MachineUser): number => {
    const index = PREFERRED_NAMES.indexOf(name);
    return index === -1 ? PREFERRED_NAMES.length : index;
  };
  return users.toSorted((left, right) => rank(left) - rank(right));
}
