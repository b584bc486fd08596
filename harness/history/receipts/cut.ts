// The receipt of a cut: the connection broke at the front tap.
import type { FaultOf } from '../../faults/catalogue.ts';
import { brokenCall, type CallJudge, receiptFromCalls } from './link-calls.ts';
import type { PlannedFault, ReceiptEvidence } from './receipt-evidence.ts';

/** Every batch request and every answer with results is longer than this, headers included, with every HTTP library. */
const SHORTEST_PASSAGE_BYTES = 120;

/** A cut after few bytes must break every call in its window. A cut after more bytes need not, because a short message passes whole. */
export function receiptOfCut(planned: PlannedFault<FaultOf<'cut'>>): ReceiptEvidence {
  const { bytes, stream } = planned.fault;
  const judge = brokenCall(stream);
  return receiptFromCalls(planned, bytes <= SHORTEST_PASSAGE_BYTES ? judge : onlyEffects(judge));
}

/** Ignores calls that were not broken: a message shorter than the cut passes whole. */
function onlyEffects(judge: CallJudge): CallJudge {
  return (pair, context) => {
    const seen = judge(pair, context);
    return seen?.state === 'bit' ? seen : undefined;
  };
}
