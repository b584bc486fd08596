// The receipts of provider faults: the stub saw the attempt and knows how it answered.
import type { History } from '../../formats/history.ts';
import type { FaultOf } from '../../faults/catalogue.ts';
import { eventsOf } from '../events-of.ts';
import { groupBy } from '../group-by.ts';
import { perHistory } from '../per-history.ts';
import { plannedWindow } from '../planned-window.ts';
import { textIn } from '../row-values.ts';
import { type Send, sendsOf } from '../sends.ts';
import { SpanIndex } from '../span-index.ts';
import { possibleSpan } from '../window-index.ts';
import { surelyCovers } from '../windows.ts';
import { missing, type PlannedFault, type ReceiptEvidence, strongest, tookEffect } from './receipt-evidence.ts';

type ProviderFault = FaultOf<'provider'>;

/** Shorter delays cannot be distinguished from the noise of a busy machine. */
const NOTICEABLE_MS = 20;

/** The strongest evidence of the system's attempts in the window. */
export function receiptOfProvider(planned: PlannedFault<ProviderFault>): ReceiptEvidence {
  const { history, index, fault } = planned;
  const window = plannedWindow(history, index, fault);
  const hasRival = providerFaults(history)
    .touching(possibleSpan(window))
    .some((other) => other.index !== index && other.system === fault.system);
  const asked = attempts(history).touching(possibleSpan(window));
  const evidences = asked.map((send) => {
    if (send.attempt.system !== fault.system) return undefined;
    const seen = judgeSend(history, fault, send);
    // At the edge of the window, or when a second fault applies, the provider is allowed to do something else.
    return seen?.state === 'missing' && (hasRival || !surelyCovers(window, send.attempt)) ? undefined : seen;
  });
  return strongest(evidences, `the ${fault.system}'s provider was not called in its window`);
}

const providerFaults = perHistory((history) => {
  const windows = history.scenario.faults.flatMap((fault, index) =>
    fault.kind === 'provider' ? [{ index, system: fault.system, window: plannedWindow(history, index, fault) }] : [],
  );
  return new SpanIndex(windows, ({ window }) => possibleSpan(window));
});

const attempts = perHistory((history) => new SpanIndex(sendsOf(history), ({ attempt }) => attempt));

function judgeSend(history: History, fault: ProviderFault, send: Send): ReceiptEvidence | undefined {
  const { attempt, accept, reject } = send;
  const witnesses = [attempt, accept, reject];
  switch (fault.outcome) {
    case 'slow':
      return judgeSlow(fault, send);
    case 'reject':
      if (reject?.definite === true) return tookEffect('the provider rejected an attempt', witnesses);
      return accept === undefined ? undefined : missing('the provider accepted what it had to reject', witnesses);
    case 'error-not-accepted':
      if (reject?.definite === false) return tookEffect('the provider answered an error and did not accept', witnesses);
      return accept === undefined ? undefined : missing('the provider accepted what it had to drop', witnesses);
    default:
      return judgeLostReply(history, send);
  }
}

function judgeSlow(fault: ProviderFault, { attempt, accept, reject }: Send): ReceiptEvidence | undefined {
  const end = accept ?? reject;
  if (end === undefined) return tookEffect('the provider has not answered an attempt', [attempt]);
  const delayMs = (end.earliest - attempt.latest) / 1_000;
  const seen = `the provider took ${delayMs.toFixed(0)} ms`;
  if (delayMs >= Math.max(2, 0.8 * fault.delayMs)) return tookEffect(seen, [attempt, end]);
  return fault.delayMs >= NOTICEABLE_MS && delayMs < 0.5 * fault.delayMs ? missing(seen, [attempt, end]) : undefined;
}

/** If the reply to an acceptance was lost, only the provider knows the id of the message: no system can have written it. */
function judgeLostReply(history: History, { attempt, accept, reject }: Send): ReceiptEvidence | undefined {
  if (reject !== undefined) return missing('the provider rejected what it had to accept', [attempt, reject]);
  if (accept === undefined) return undefined;
  const learnt = learntIds(history).get(accept.providerMessageId)?.[0];
  return learnt === undefined
    ? tookEffect('the provider accepted, and no system learnt the id of the message', [attempt, accept])
    : missing('a system learnt the id of a message whose reply had to be lost', [attempt, accept, learnt]);
}

/** The rows that the systems wrote, by the provider's message id in them. */
const learntIds = perHistory((history) => {
  const own = eventsOf(history, 'row').filter((row) => row.role !== history.roles.rig);
  return groupBy(own, (row) => textIn(row.after, 'provider_message_id'));
});
