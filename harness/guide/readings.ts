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

/** What observers see from a vantage, and what to write in the description of a pair so that it has the vantage. */
interface VantageGuide {
  readonly meaning: string;
  readonly toShow: string;
}

/** The vantages by their names. */
export const VANTAGE_GUIDES: Readonly<Record<Vantage, VantageGuide>> = {
  wire: {
    meaning: 'The requests and answers between the two systems, and the sends at the provider.',
    toShow: "list 'wire' in `vantages`, which replaces its default",
  },
  database: {
    meaning: 'Who wrote which row, with the role and the transaction.',
    toShow: "list 'database' in `vantages`, which replaces its default",
  },
  authority: {
    meaning: 'The rows that say which system is allowed to send a message.',
    toShow: "list 'authority' in `vantages`, if the tables have the rows of an authority",
  },
  breaker: {
    meaning: 'The state of the breaker.',
    toShow: "list 'breaker' in `vantages`, if its rows have the form of the reference, and give `openBreaker`",
  },
  log: {
    meaning: 'The log lines that the runbook requires.',
    toShow: "print the two log lines of the runbook (docs/systems.md), and list 'log' in `vantages`",
  },
  counts: {
    meaning: 'Answers to the user that say how many messages were taken and refused.',
    toShow: "list 'counts' in `vantages`, if the response to the user contains counts",
  },
  identity: {
    meaning: 'The uuid of each message is known.',
    toShow: "let `identity` be 'column', or a query that reads the uuid",
  },
  entry: {
    meaning: 'When each uuid was made.',
    toShow: "store the uuid in a column of the message, and let `identity` be 'column'",
  },
  admission: {
    meaning: "The user's answer comes after the entries.",
    toShow: 'name a `trigger` that answers after the messages have entered, without `entersLater`',
  },
  results: {
    meaning: 'An answer of the service names each message of its request.',
    toShow: 'answer with a result for each message, and locate it in `protocol`',
  },
  duplicates: {
    meaning: 'The service has a status for a message that was sent before.',
    toShow: 'name the word for `duplicate` in the statuses of `protocol`',
  },
  payload: {
    meaning: 'Requests hold the number and the text of each message.',
    toShow: 'locate the number and the text in the request of `protocol`',
  },
  reconciliation: {
    meaning: 'The system has a command or an endpoint that reconciles.',
    toShow: 'give `reconcile`: an endpoint, a command or SQL that answers the mismatches',
  },
};

/** The vantages as entries of the guide. */
export const VANTAGE_ENTRIES: readonly GuideEntry[] = VANTAGES.map((id) => ({
  id,
  kind: 'vantage',
  title: '',
  summary: VANTAGE_GUIDES[id].meaning,
  facts: [['to show it', VANTAGE_GUIDES[id].toShow]],
}));
