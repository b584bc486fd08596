import { describe, expect, test } from 'vitest';
import { adoptPostgres, assertUsable, type ServerFacts } from './adopted.ts';

const facts: ServerFacts = {
  role: 'rig',
  version: '16.4 (Debian 16.4-1)',
  number: 160_004,
  stamps: 'on',
  connections: 97,
  may_make: true,
};
const wanted = { slots: 3, maxConnections: 90 };

describe('a server that the rig did not start', () => {
  test('a server that the rig did not start is usable when it has what the rig needs', () => {
    expect(() => assertUsable(facts, 'db.test', wanted)).not.toThrow();
  });

  test.for([
    [{ stamps: 'off' }, /track_commit_timestamp = off/],
    [{ number: 120_019, version: '12.19' }, /is version 12\.19, expected 13 or later/],
    [{ may_make: false }, /does not allow rig to create databases and roles/],
    [{ connections: 40 }, /has 40 connections to spare, expected 90 for 3 slots/],
  ] as const)('a server that the rig did not start is refused in one line when it has %o', ([lack, message]) => {
    expect(() => assertUsable({ ...facts, ...lack }, 'db.test', wanted)).toThrow(message);
  });

  test('a server that the rig did not start is refused with a number of slots that it has connections for', () => {
    expect(() => assertUsable({ ...facts, connections: 61 }, 'db.test', wanted)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('--slots 2') }),
    );
  });

  test('a server that the rig did not start and that does not answer is an infrastructure error without its password', async () => {
    const adopting = adoptPostgres('postgres://rig:secret@127.0.0.1:1/postgres', wanted);
    await expect(adopting).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringMatching(/^expected a PostgreSQL server at 127\.0\.0\.1:1, received: (?!.*secret)/),
    });
  });
});
