// The decisions of the model, and when they are made. The model covers the choices that decide which system sends: what happens to the
// call, to the answer, to the provider's work, to each COMMIT, and to each process whenever it continues.

/** The kinds of decision with their choices. The first choice is the undisturbed one. */
export const CHOICES = {
  request: ['deliver', 'delay', 'drop', 'reset', 'refuse', 'duplicate', 'duplicate-late', 'reorder', 'gateway-error'],
  answer: [
    'deliver',
    'delay',
    'drop',
    'reset',
    'cut',
    'drip',
    'just-before-budget',
    'at-budget',
    'just-after-budget',
    'gateway-error',
    'garbage',
  ],
  provider: [
    'accept',
    'reject',
    'too-many-requests',
    'slow',
    'accept-lose-reply',
    'error-accepted',
    'error-not-accepted',
    'refuse',
    'reset-before',
  ],
  'legacy commit': ['commit', 'serialization-failure', 'deadlock', 'lose-acknowledgement', 'lose-commit'],
  'service commit': ['commit', 'serialization-failure', 'deadlock', 'lose-acknowledgement', 'lose-commit'],
  legacy: ['go', 'crash'],
  service: ['go', 'crash'],
} as const;

/** A kind of decision. */
export type ChoiceKind = keyof typeof CHOICES;

/** One of the choices of a kind. */
export type ChoiceOf<K extends ChoiceKind> = (typeof CHOICES)[K][number];

/** One deviation: the number of the decision in the run, from 0, and the choice. */
export interface ModelDeviation {
  readonly point: number;
  readonly choice: string;
}

/** Makes the decisions of one run, and records their kinds. */
export class Decisions {
  /** The kinds of the decisions, in order. */
  readonly points: ChoiceKind[] = [];
  readonly #deviations: readonly ModelDeviation[];

  constructor(deviations: readonly ModelDeviation[]) {
    this.#deviations = deviations;
  }

  /** Makes the next decision: the choice of its deviation, or the undisturbed one. */
  decide<K extends ChoiceKind>(kind: K): ChoiceOf<K> {
    const choices: readonly ChoiceOf<K>[] = CHOICES[kind];
    const undisturbed = choices[0] as ChoiceOf<K>;
    const point = this.points.length;
    this.points.push(kind);
    const deviation = this.#deviations.find((candidate) => candidate.point === point);
    return choices.find((choice) => choice === deviation?.choice) ?? undisturbed;
  }
}
