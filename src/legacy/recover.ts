// One round of recovery. It runs only when it is called: neither system repairs anything in the background.
import { mustCommit } from '../authority/retry-once.ts';
import type { Context, RecoveryReport } from '../contract/parts.ts';
import { type PendingMessages, readPending } from './pending-messages.ts';

/**
 * Turns sends whose holder died into UNKNOWN, settles what has ended, and dispatches what is open again, with its pinned mode and its
 * uuid. As in the first dispatch, only the authority allows a send.
 */
export async function recover(context: Context): Promise<RecoveryReport> {
  const { env, parts } = context;
  const surfaced = await mustCommit(env.store, (tx) =>
    tx.call('sa_surface', { olderThanMs: env.settings.surfaceAfterMs }),
  );
  const before = await readPending(context);
  const isIdle = before.due.length === 0 && before.open.length === 0;
  await parts.settle(context, before.due, []);
  for (const batch of before.open) await parts.dispatch(context, batch);
  const after = isIdle ? before : await readPending(context);
  const stillDue = new Set(after.due.map(({ messageUuid }) => messageUuid));
  return {
    surfaced: surfaced.length,
    settled: before.due.filter(({ messageUuid }) => !stillDue.has(messageUuid)).length,
    reentered: countOpen(before),
    pending: after.due.length + countOpen(after) + after.sending.length,
  };
}

function countOpen({ open }: PendingMessages): number {
  return open.reduce((sum, { messages }) => sum + messages.length, 0);
}
