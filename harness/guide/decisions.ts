// What each choice of the simulator's decisions means. A deviation of a case is such a choice, at one site, instead of the default.
import type { GuideEntry } from './entry.ts';

/** The texts about one site of decision. */
interface SiteGuide {
  /** When the decision is made. */
  readonly when: string;
  /** The choices except the default. */
  readonly choices: Readonly<Record<string, string>>;
}

/** The sites of decision by name. A test compares them with those of the simulator. */
export const DECISION_GUIDES: Readonly<Record<string, SiteGuide>> = {
  request: {
    when: 'a request leaves the legacy app',
    choices: {
      delay: 'It arrives after the caller has given up.',
      drop: 'It never arrives, and the connection stays open.',
      reset: 'The connection is reset before it arrives.',
      refuse: 'The connection is refused.',
      duplicate: 'It arrives twice, at once.',
      'duplicate-late': 'It arrives twice, the second time much later.',
      reorder: 'It arrives after a later request.',
      'gateway-error': 'It arrives, but a gateway between the systems answers with an error.',
    },
  },
  answer: {
    when: 'the service answers, after it has done its work',
    choices: {
      delay: 'The answer arrives after the caller has given up.',
      drop: 'The answer never arrives.',
      reset: 'The connection is reset before the answer arrives.',
      cut: 'The connection ends within the answer.',
      drip: 'The answer arrives in small pieces.',
      'just-before-budget': 'The answer arrives just before the budget ends.',
      'at-budget': 'The answer arrives as the budget ends.',
      'just-after-budget': 'The answer arrives just after the budget ended.',
      'gateway-error': 'A gateway between the systems answers with an error instead.',
      garbage: 'The answer arrives with a body that is not JSON.',
    },
  },
  provider: {
    when: 'a system calls the provider',
    choices: {
      reject: 'The provider rejects the message.',
      'too-many-requests': 'The provider answers 429.',
      slow: 'The provider accepts, and answers after the timeout of the caller.',
      'accept-lose-reply': 'The provider accepts, and its answer is lost.',
      'error-accepted': 'The provider accepts, and answers with an error.',
      'error-not-accepted': 'The provider does not accept, and answers with an error.',
      refuse: 'The connection to the provider is refused.',
      'reset-before': 'The connection is reset before the provider has the message.',
    },
  },
  service: {
    when: 'an event wakes the service',
    choices: { crash: 'The service crashes, and starts again.', pause: 'The service is paused for some time.' },
  },
  legacy: {
    when: 'an event wakes the legacy app',
    choices: {
      crash: 'The legacy app crashes, and starts again.',
      pause: 'The legacy app is paused for some time.',
      flip: 'The mode of the tenant is flipped at this moment.',
      redeliver: 'The campaign is triggered once more at this moment.',
    },
  },
  clock: {
    when: 'a process reads its clock for the first time',
    choices: {
      'ahead-by-lease': 'Its clock is ahead by the length of a lease.',
      'behind-by-lease': 'Its clock is behind by the length of a lease.',
      'ahead-by-budget': 'Its clock is ahead by the budget of a call.',
      'behind-by-budget': 'Its clock is behind by the budget of a call.',
      'steps-ahead': 'Its clock jumps ahead while it works.',
      'steps-back': 'Its clock jumps back while it works.',
    },
  },
  tie: { when: 'two events are due at the same instant', choices: { reversed: 'The later one happens first.' } },
  route: {
    when: 'a request arrives and two instances of the service run',
    choices: { second: 'The second instance gets it.' },
  },
  client: {
    when: 'the service has called the provider for a message',
    choices: {
      'another-text': 'A client repeats its uuid with another text, when the send is over.',
      'another-number': 'A client repeats its uuid with another number.',
      'another-text-at-once': 'A client repeats its uuid with another text, at once.',
    },
  },
  statement: {
    when: 'a statement is sent to the database',
    choices: {
      slow: 'It takes effect at once, and its answer is late.',
      disconnect: 'The connection breaks before it takes effect.',
    },
  },
  commit: {
    when: 'a transaction is committed',
    choices: {
      'serialization-failure': 'The COMMIT is refused: serialization failure.',
      deadlock: 'The COMMIT is refused: deadlock.',
      'lose-acknowledgement': 'The COMMIT takes effect, and its answer is lost.',
      'lose-commit': 'The COMMIT never arrives.',
    },
  },
  replica: { when: 'a transaction reads from a replica', choices: { lagging: 'The replica is behind.' } },
};

/** The decisions as entries of the guide. */
export const DECISION_ENTRIES: readonly GuideEntry[] = Object.entries(DECISION_GUIDES).flatMap(
  ([site, { when, choices }]) =>
    Object.entries(choices).map(([choice, summary]): GuideEntry => ({
      id: `${site}: ${choice}`,
      kind: 'decision',
      title: `${site} ${choice}`,
      summary,
      facts: [['decided when', when]],
    })),
);
