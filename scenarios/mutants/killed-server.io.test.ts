// A database server is killed: if an acknowledged begin-send is lost, a message may be sent twice.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Guard, startGuard } from '../../harness/live/guard/guard.ts';
import { createRunDirectory } from '../../harness/live/guard/run-directory.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../harness/live/postgres/embedded.ts';
import { markerOf } from '../../harness/runner/mutant.ts';
import type { Message, Role } from '../../src/contract/message.ts';
import type { Context, Grant } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { type PairDatabase, startPairServer } from '../conformance/pair-database.fixture.ts';
import { mutantOf } from './all-mutants.ts';

const MESSAGES = 16;

let guard: Guard;
let server: EmbeddedPostgres;
beforeAll(async () => {
  guard = await startGuard();
  server = await startEmbeddedPostgres({ guard, directory: await createRunDirectory(guard), maxConnections: 60 });
});
afterAll(async () => {
  await server.close();
  await guard.close();
});

/** How many messages the service may send before the server is killed and the legacy app may send after it, and the log of both. */
async function permittedTwice(system: System, prefix: string): Promise<{ twice: number; log: readonly string[] }> {
  const pair = await startPairServer(system.procedures, { postgres: server, prefix, close: () => Promise.resolve() });
  const database = await pair.open();
  try {
    // A COMMIT that waits for the disk writes the log itself; the WAL writer writes the rest, and is stopped from here on.
    const walWriter = await database.admin.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'`,
    );
    for (const { pid } of walWriter.rows) process.kill(pid, 'SIGSTOP');
    expect(walWriter.rows).toHaveLength(1);
    database.admin.on('error', () => {});
    const log: string[] = [];
    const before = await permits(contextOf(system, 'service', { database, log }));
    await server.crash();
    const after = await permits(contextOf(system, 'legacy', { database, log }));
    expect(before).not.toContain(false);
    return { twice: before.filter((mayDo, index) => mayDo && after[index]).length, log };
  } finally {
    await Promise.all([database.stores.legacy.close(), database.stores.service.close()]);
  }
}

/**
 * For each message, whether this system may send it. All claims come before the first begin-send: a claim waits for the disk, and would
 * also write the begin-sends before it.
 */
async function permits(context: Context): Promise<boolean[]> {
  const { parts, role } = context;
  const messages = Array.from({ length: MESSAGES }, (_, index): Message => messageOf(`u${index}`));
  const grants = await Promise.all(
    messages.map(async (message): Promise<Grant | undefined> => {
      const claim = await parts.claim(context, message, role);
      return claim?.kind === 'granted' ? { epoch: claim.epoch, token: role } : undefined;
    }),
  );
  return Promise.all(
    messages.map(async (message, index) => {
      const grant = grants[index];
      return grant !== undefined && parts.beginSend(context, message, grant);
    }),
  );
}

function messageOf(messageUuid: string): Message {
  return { messageUuid, tenantId: 1, recipient: '+9991', body: 'text', provider: 'twilio' };
}

/** The part of a process that claims need. The lease ends after 1 ms, so that the other system can claim. */
function contextOf(system: System, role: Role, { database, log }: { database: PairDatabase; log: string[] }): Context {
  const env = {
    store: database.stores[role],
    settings: { leaseMs: 1 },
    log: (line: string) => void log.push(line),
  };
  return { env, parts: system.parts, role } as unknown as Context;
}

test('the reference loses no permission to send when the server is killed: the other system may not send', async () => {
  expect(await permittedTwice(reference, 'reference_')).toEqual({ twice: 0, log: [] });
});

test('M35 loses permissions to send when the server is killed: a message may be sent twice', async () => {
  const { twice, log } = await permittedTwice((await mutantOf('M35')).system, 'mutant_');
  expect(log).toContain(markerOf('M35'));
  expect(twice).toBeGreaterThan(0);
});
