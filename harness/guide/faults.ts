// What each kind of fault does to a run, and how the rig knows that it took effect.
import { FAULT_LABELS, type FaultKind } from '../faults/catalogue.ts';
import type { GuideEntry } from './entry.ts';

/** What is written about one kind of fault. */
interface FaultGuide {
  readonly does: string;
  /** What its receipt needs: what the observers must have seen for the fault to count. */
  readonly receipt: string;
}

/** The kinds of faults. */
export const FAULT_GUIDES: Readonly<Record<FaultKind, FaultGuide>> = {
  latency: {
    does: 'Holds requests (upstream) or answers (downstream) back for a number of milliseconds. They arrive all the same, so the sender may have gone.',
    receipt: 'What passed one tap passed the other so much later, or never.',
  },
  blackhole: {
    does: 'Swallows requests (upstream) or answers (downstream). The connection stays open.',
    receipt: 'What passed one tap never passed the other.',
  },
  reset: {
    does: 'Ends the connection with a TCP reset, on the way of requests (upstream) or of answers (downstream).',
    receipt: 'The connection broke at the tap before the proxy.',
  },
  cut: {
    does: 'Ends the connection after so many bytes of the request (upstream) or the answer (downstream).',
    receipt: 'The connection broke at the tap before the proxy.',
  },
  refuse: {
    does: 'Closes the port of the proxy: each connection of the legacy app to the service is refused.',
    receipt: 'What the legacy app did shows it, since no tap can see a refused connection.',
  },
  'breaker-open': {
    does: "Opens the legacy app's breaker of live calls (live) or of rehearsals (dry) before the scenario begins.",
    receipt: 'A row says OPEN or, where the breaker shows no rows, messages that came then were kept from a call.',
  },
  provider: {
    does: 'Makes the provider answer one system otherwise: it rejects, answers slowly, accepts and loses its reply (accept-lose-reply), or answers with an error after it accepted (error-accepted) or without accepting (error-not-accepted).',
    receipt: 'The provider stub handled an attempt of that system in this way.',
  },
  crash: {
    does: 'Kills one of the two systems with all its processes, and starts it again later.',
    receipt: 'The process was seen to end, and to come back.',
  },
  redelivery: {
    does: 'Triggers a campaign a second time, as a queue or an impatient user does.',
    receipt: 'The campaign was triggered once more.',
  },
  'missing-uuid': {
    does: 'Enters an item whose uuid is blank.',
    receipt: 'The campaign was triggered, and the item had a blank where others have nothing.',
  },
  tamper: {
    does: 'Changes rows of the two logs behind the backs of both systems, so that the reconciliation has something to report.',
    receipt: 'The role of the rig changed a log row of the item.',
  },
  pause: {
    does: 'Stops all processes of one system (SIGSTOP) when an answer has arrived, and lets them go on after some time.',
    receipt: 'After the answer that stopped it, the process acts for the first time when the pause is over.',
  },
  terminate: {
    does: 'Asks one system to end (SIGTERM), waits for its grace, and starts it again.',
    receipt: 'The process ended or was killed after the signal, and came back.',
  },
  repeat: {
    does: 'Sends the service a request with a uuid it has seen and another text or number.',
    receipt: 'The client asked the service for the uuid with another payload.',
  },
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
      ['phases', phases.join(', ')],
      ['may leave doubt', causesAmbiguity ? 'yes: a message may rightly end as unknown' : 'no'],
      ['may keep from sending', preventsSending ? 'yes' : 'no'],
    ],
  }),
);
