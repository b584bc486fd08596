// What each reading of the runbook decides, and what observers see from each vantage.
import { DEFAULT_READINGS, type Readings } from '../../src/contract/readings.ts';
import { VANTAGES, type Vantage } from '../formats/vantages.ts';
import type { GuideEntry } from './entry.ts';

/** What a reading asks, and what each of its values answers. */
interface ReadingGuide<Value extends string> {
  readonly question: string;
  readonly answers: Readonly<Record<Value, string>>;
}

const READINGS: { readonly [K in keyof Readings]: ReadingGuide<Readings[K]> } = {
  shadowBilling: {
    question: 'Is a send in SHADOW charged?',
    answers: { none: 'no', legacy: 'as the legacy app charges in OFF' },
  },
  fallbackBilling: { question: 'Is a fallback send in ON charged?', answers: { charged: 'yes', free: 'no' } },
  offBilling: { question: 'Is a send in OFF charged?', answers: { charged: 'yes', free: 'no' } },
  unknownMode: {
    question: 'What happens to a message whose flag is no mode, or is missing?',
    answers: { OFF: 'the legacy app sends it', reject: 'it is rejected' },
  },
  redelivery: {
    question: 'What does a second trigger of a campaign do?',
    answers: { idempotent: 'nothing that was sent is sent again', resends: 'it sends again, under new uuids' },
  },
  fallbackLog: {
    question: 'What is the log line of a fallback about?',
    answers: { message: 'one message', batch: 'the whole batch' },
  },
  negativeBalance: {
    question: "Are an account's units allowed to go below zero?",
    answers: { never: 'no', allowed: 'yes' },
  },
  shadowReconciliation: {
    question: 'What is a rehearsal compared with in the reconciliation?',
    answers: { 'exclude-dry-runs': 'with nothing' },
  },
  timeout: {
    question: 'What does a timeout permit?',
    answers: { 'compete-for-authority': 'to ask for the authority, never to send without it' },
  },
};

const READING_IDS = Object.keys(READINGS) as (keyof Readings)[];

/** The readings as entries of the guide. */
export const READING_ENTRIES: readonly GuideEntry[] = READING_IDS.map((id) => ({
  id,
  kind: 'reading',
  title: '',
  summary: READINGS[id].question,
  facts: [
    [
      'choices',
      Object.entries(READINGS[id].answers)
        .map(([value, answer]) => `${value}: ${answer}`)
        .join('; '),
    ],
    ['default', DEFAULT_READINGS[id]],
  ],
}));

/** What a value of a reading means: the question and its answer, as in "Is a send in OFF charged? Yes." Undefined for names that are unknown here. */
export function readingSentence(id: string, value: string): string | undefined {
  const guide = (READINGS as Readonly<Record<string, ReadingGuide<string>>>)[id];
  const answer = guide?.answers[value];
  return answer && `${guide?.question} ${answer.charAt(0).toUpperCase()}${answer.slice(1)}.`;
}

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
