// The user as which a rig that runs as root starts PostgreSQL.
import { describe, expect, test } from 'vitest';
import { chooseServerUser, rankUsers } from './server-user.ts';

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
# a comment
toor:x:0:0::/root:/bin/sh
postgres:x:101:104::/var/lib/postgresql:/bin/bash
`;

describe('the user of the server', () => {
  test('the user of the server is never root, and the most suitable comes first', () => {
    expect(rankUsers(passwd)).toEqual([
      { name: 'postgres', uid: 101, gid: 104 },
      { name: 'nobody', uid: 65534, gid: 65534 },
      { name: 'daemon', uid: 1, gid: 1 },
    ]);
  });

  test('the user of the server is the first one that can run the program', async () => {
    const tried: unknown[] = [];
    const chosen = await chooseServerUser((user) => Promise.resolve(tried.push(user) === (user === undefined ? 1 : 2)));
    expect(chosen).toEqual(tried.at(-1));
  });

  test('no suitable user for the server is an infrastructure error', async () => {
    await expect(chooseServerUser(() => Promise.resolve(false))).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      hint: expect.stringContaining('TMPDIR'),
    });
  });
});
