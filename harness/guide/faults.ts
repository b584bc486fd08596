// What each kind of fault does to a run, and how the rig knows that it took effect.
import { FAULT_LABELS, type FaultKind } from '../faults/catalogue.ts';
import type { Phase } from '../faults/definition.ts';
import type { GuideEntry } from './entry.ts';

/** The texts about one kind of fault. */
interface FaultGuide {
  readonly does: string;
  /** The receipt: what the observers must have seen for the fault to count. */
  readonly receipt: string;
}

/** The kinds of faults. */
export const FAULT_GUIDES: Readonly<Record<FaultKind, FaultGuide>> = {
  latency: {
    does: 'Delays requests (upstream) or answers (downstream) by a number of milliseconds. They still arrive, perhaps after the legacy app has given up.',
    receipt: 'A request or an answer passed the second tap later than the first by that delay, or never.',
  },
  blackhole: {
    does: 'Swallows requests (upstream) or answers (downstream). The connection stays open.',
    receipt: 'A request or an answer passed the first tap and never the second.',
  },
  reset: {
    does: 'Ends the connection with a TCP reset, on the way of requests (upstream) or of answers (downstream).',
    receipt: 'The connection broke at the tap before the proxy.',
  },
  cut: {
    does: 'Ends the connection after a number of bytes of the request (upstream) or the answer (downstream).',
    receipt: 'The connection broke at the tap before the proxy.',
  },
  refuse: {
    does: 'Closes the port of the proxy: each connection of the legacy app to the service is refused.',
    receipt: 'The legacy app behaved as after a failed call. No tap can see a refused connection.',
  },
  'breaker-open': {
    does: "Opens the legacy app's breaker of live calls (live) or of rehearsals (dry) before the scenario begins.",
    receipt:
      'A row of the breaker says OPEN. If the system shows no such rows: messages entered, and no call was made for them.',
  },
  provider: {
    does: 'Changes how the provider answers one system: it rejects, answers slowly, accepts and loses its reply (accept-lose-reply), or answers with an error after it accepted (error-accepted) or without accepting (error-not-accepted).',
    receipt: 'The provider stub handled an attempt of that system in this way.',
  },
  crash: {
    does: 'Kills one of the two systems with all its processes, and starts it again later.',
    receipt: 'The process ended, and started again.',
  },
  redelivery: {
    does: 'Triggers a campaign a second time, as a queue or an impatient user does.',
    receipt: 'The campaign was triggered once more.',
  },
  'missing-uuid': {
    does: 'Enters an item whose uuid is blank.',
    receipt:
      'The campaign was triggered, and the uuid of the item was a blank text; other items have none before they enter.',
  },
  tamper: {
    does: 'Changes rows of the two logs directly in the database, so that the reconciliation has a difference to report.',
    receipt: 'The role of the rig changed a log row of the item.',
  },
  pause: {
    does: 'Stops all processes of one system (SIGSTOP) when an answer has arrived, and continues them after some time.',
    receipt: 'After the answer that stopped it, the process acts for the first time when the pause is over.',
  },
  terminate: {
    does: 'Asks one system to end (SIGTERM), waits for its grace period, and starts it again.',
    receipt: 'The process ended or was killed after the signal, and started again.',
  },
  repeat: {
    does: 'Sends the service a request with a uuid it has seen and another text or number.',
    receipt: 'The client asked the service for the uuid with another payload.',
  },
};

/** What each phase of the protocol is called, as in the comment of `PHASES`. */
const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  P0: 'entry',
  P1: 'claim',
  P2: 'connecting',
  P3: 'request in flight',
  P4: "the service's log row and claim",
  P5: 'before the provider call of the service',
  P6: 'provider call in flight',
  P7: 'accepted, not yet logged',
  P8: 'logged, not yet answered',
  P9: 'answer in flight',
  P10: "the legacy app's decision",
  P11: "the legacy app's settlement",
  P12: 'after the commit of the settlement',
};

/** The labels of faults as entries of the guide: they are what reports print. */
export const FAULT_ENTRIES: readonly GuideEntry[] = FAULT_LABELS.map(
  ({ label, kind, phases, causesAmbiguity, preventsSending }) => ({
    id: label,
    kind: 'fault',
    title: '',
    summary: FAULT_GUIDES[kind].does,
    facts: [
      ['counts when', FAULT_GUIDES[kind].receipt],
      ['phases', phases.map((phase) => PHASE_WORDS[phase]).join('; ')],
      ['can cause doubt', causesAmbiguity ? 'yes: a message is allowed to end as unknown' : 'no'],
      ['can prevent a send', preventsSending ? 'yes' : 'no'],
    ],
  }),
);
