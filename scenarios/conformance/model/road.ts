// One call from the legacy app to the service in the model, with the disturbances of the request and the answer.
import { type ServiceWork, serve } from './service.ts';
import type { ChoiceOf } from './choices.ts';
import type { Life, Machine } from './machine.ts';
import { ARRIVALS_MS, budgetMs, DRIP_MS, HOP_MS, LATE_REQUEST_MS, REORDER_MS } from './timings.ts';

/** The end of a call for the caller: a valid answer, an invalid one, or a failure or timeout. */
export type CallResult = 'answered' | 'bad-answer' | 'failed';

/** A call and its purpose. The model does not disturb calls for rehearsals. */
interface Call {
  readonly life: Life;
  readonly work: ServiceWork;
  readonly isDisturbed: boolean;
}

/** Calls the service within one budget; `then` gets only the first end of the call. */
export function callService(
  machine: Machine,
  { life, work, isDisturbed }: Call,
  then: (end: CallResult) => void,
): void {
  const { agenda } = machine;
  const startedMs = agenda.nowMs;
  let isOver = false;
  const over = (end: CallResult): void => {
    if (isOver) return;
    isOver = true;
    cancel();
    machine.wake(life, () => then(end));
  };
  const endAfter = (ms: number, end: CallResult): void => {
    agenda.after(ms, () => over(end));
  };
  const cancel = agenda.after(budgetMs, () => over('failed'));
  // When the caller dies, the request in flight still arrives.
  life.onDeath(() => {
    isOver = true;
    cancel();
  });

  const replied = (): void => {
    if (isOver) return;
    const choice = isDisturbed ? machine.decisions.decide('answer') : 'deliver';
    const byArrival = ARRIVALS_MS[choice];
    if (byArrival !== undefined) return endAfter(Math.max(HOP_MS, startedMs + byArrival - agenda.nowMs), 'answered');
    const end = ANSWER_ENDS[choice];
    if (end !== undefined) endAfter(choice === 'drip' ? HOP_MS + DRIP_MS : HOP_MS, end);
  };
  const deliverAfter = (ms: number): void => {
    agenda.after(HOP_MS + ms, () => serve(machine, work, { replied, closed: () => endAfter(HOP_MS, 'failed') }));
  };

  const choice = isDisturbed ? machine.decisions.decide('request') : 'deliver';
  for (const lateMs of ARRIVE_LATE_MS[choice] ?? []) deliverAfter(lateMs);
  const end = REQUEST_ENDS[choice];
  if (end !== undefined) endAfter(HOP_MS, end);
}

/** How much later than usual each copy of a request arrives. A dropped request has no copy, and the call ends with the budget. */
const ARRIVE_LATE_MS: Readonly<Partial<Record<ChoiceOf<'request'>, readonly number[]>>> = {
  deliver: [0],
  delay: [LATE_REQUEST_MS],
  duplicate: [0, 0],
  'duplicate-late': [0, LATE_REQUEST_MS],
  reorder: [REORDER_MS],
};

/** The end of the call if the request never reaches the service. */
const REQUEST_ENDS: Readonly<Partial<Record<ChoiceOf<'request'>, CallResult>>> = {
  reset: 'failed',
  refuse: 'failed',
  'gateway-error': 'bad-answer',
};

/** The end of the call by the choice for its answer. A dropped answer gives none, and the call ends with the budget. */
const ANSWER_ENDS: Readonly<Partial<Record<ChoiceOf<'answer'>, CallResult>>> = {
  deliver: 'answered',
  drip: 'answered',
  reset: 'failed',
  cut: 'failed',
  'gateway-error': 'bad-answer',
  garbage: 'bad-answer',
};
