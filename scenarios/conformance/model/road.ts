// One call from the legacy app to the service in the model, with what befalls the request and the answer.
import { type ServiceWork, serve } from './service.ts';
import type { ChoiceOf } from './choices.ts';
import type { Life, Machine } from './machine.ts';
import { ARRIVALS_MS, budgetMs, DRIP_MS, HOP_MS, LATE_REQUEST_MS, REORDER_MS } from './timings.ts';

/** What the caller knows: a whole answer of the service, one that is none, or that the call failed or took too long. */
export type CallResult = 'answered' | 'bad-answer' | 'failed';

/** What a call is for. On the way to a rehearsal the model lets nothing go wrong. */
interface Call {
  readonly life: Life;
  readonly work: ServiceWork;
  readonly isDisturbed: boolean;
}

/** Calls the service under one budget; `then` gets the first end alone. */
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
  // A caller that dies leaves the connection; what is on its way arrives.
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

/** How much later than usual a request arrives, once for each time it does; one that is dropped never ends by itself. */
const ARRIVE_LATE_MS: Readonly<Partial<Record<ChoiceOf<'request'>, readonly number[]>>> = {
  deliver: [0],
  delay: [LATE_REQUEST_MS],
  duplicate: [0, 0],
  'duplicate-late': [0, LATE_REQUEST_MS],
  reorder: [REORDER_MS],
};

/** What the caller gets if the service has not seen the request. */
const REQUEST_ENDS: Readonly<Partial<Record<ChoiceOf<'request'>, CallResult>>> = {
  reset: 'failed',
  refuse: 'failed',
  'gateway-error': 'bad-answer',
};

/** What the caller gets of an answer; nothing of one that is dropped. */
const ANSWER_ENDS: Readonly<Partial<Record<ChoiceOf<'answer'>, CallResult>>> = {
  deliver: 'answered',
  drip: 'answered',
  reset: 'failed',
  cut: 'failed',
  'gateway-error': 'bad-answer',
  garbage: 'bad-answer',
};
