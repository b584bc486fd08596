// What each reading of the runbook decides, and what observers see from each vantage.
import { DEFAULT_READINGS, type Readings } from '../../src/contract/readings.ts';
import { VANTAGES, type Vantage } from '../formats/vantages.ts';
import type { GuideEntry } from './entry.ts';

const READINGS: Readonly<Record<keyof Readings, readonly [question: string, choices: string]>> = {
  shadowBilling: ['Is a send in SHADOW charged?', 'none: no; legacy: as the legacy app charges in OFF'],
  fallbackBilling: ['Is a fallback send in ON charged?', 'charged: yes; free: no'],
  offBilling: ['Is a send in OFF charged?', 'charged: yes; free: no'],
  unknownMode: [
    'What happens to a message whose flag is no mode, or is missing?',
    'OFF: the legacy app sends it; reject: it is rejected',
  ],
  redelivery: [
    'What does a second trigger of a campaign do?',
    'idempotent: nothing that was sent is sent again; resends: it sends again, under new uuids',
  ],
  fallbackLog: ['What is the log line of a fallback about?', 'message: one message; batch: the whole batch'],
  negativeBalance: ["Are an account's units allowed to go below zero?", 'never: no; allowed: yes'],
  shadowReconciliation: ['What is a rehearsal compared with in the reconciliation?', 'exclude-dry-runs: with nothing'],
  timeout: ['What does a timeout permit?', 'compete-for-authority: to ask for the authority, never to send without it'],
};

/** The readings as entries of the guide. */
export const READING_ENTRIES: readonly GuideEntry[] = (Object.keys(READINGS) as (keyof Readings)[]).map((id) => ({
  id,
  kind: 'reading',
  title: '',
  summary: READINGS[id][0],
  facts: [
    ['choices', READINGS[id][1]],
    ['default', DEFAULT_READINGS[id]],
  ],
}));

const VANTAGE_MEANINGS: Readonly<Record<Vantage, string>> = {
  wire: 'The requests and answers between the two systems, and the sends at the provider.',
  database: 'Who wrote which row, with the role and the transaction.',
  authority: 'The rows that say which system is allowed to send a message.',
  breaker: 'The state of the breaker.',
  log: 'The log lines that the runbook requires.',
  counts: 'Answers to the user that say how many messages were taken and refused.',
  identity: 'The uuid of each message is known.',
  entry: 'When each uuid was made.',
  admission: "The user's answer comes after the entries.",
  results: 'An answer of the service names each message of its request.',
  duplicates: 'The service has a status for a message that was sent before.',
  payload: 'Requests hold the number and the text of each message.',
  reconciliation: 'The system has a command or an endpoint that reconciles.',
};

/** The vantages as entries of the guide. */
export const VANTAGE_ENTRIES: readonly GuideEntry[] = VANTAGES.map((id) => ({
  id,
  kind: 'vantage',
  title: '',
  summary: VANTAGE_MEANINGS[id],
  facts: [],
}));
