// Stories for the tests of the diagram: random ones, with every kind of event at random moments, and a small one.
import type { Role } from '../../../src/contract/message.ts';
import * as fc from 'fast-check';
import type { Observation } from '../../../harness/formats/event.ts';
import type { Finding } from '../../../harness/formats/finding.ts';
import type { Fault } from '../../../harness/formats/fault.ts';
import {
  accept,
  answer,
  at,
  attempt,
  authority,
  breaker,
  callFailed,
  charged,
  decrement,
  entry,
  flip,
  historyOf,
  logRow,
  nemesis,
  providerError,
  reject,
  repeat,
  request,
  sent,
  trigger,
  userResponse,
} from '../../../harness/history/history.fixture.ts';
import { storyOf } from '../../../harness/history/story/story-of.ts';
import type { Story } from '../../../harness/history/story/story.ts';

/** An event at a moment, of message number `which`, by a system. */
const HAPPENINGS: readonly ((ms: number, which: number, role: Role) => Observation[])[] = [
  (ms, which) => [at(ms, request('front', `f${ms}`, { uuids: [`u${which}`] }))],
  (ms, which) => [
    at(ms, request('front', `f${ms}`, { uuids: [`u${which}`] })),
    at(ms + (ms % 3) * 60, request('back', `b${ms}`, { uuids: [`u${which}`] })),
    at(ms + 180, answer('back', `b${ms}`, { elapsedMs: 9, uuids: [`u${which}`] })),
    at(ms + 181 + (ms % 2) * 90, answer('front', `f${ms}`, { elapsedMs: 9, uuids: [`u${which}`] })),
  ],
  (ms, which) => [
    at(ms, request('front', `f${ms}`, { uuids: [`u${which}`] })),
    at(ms + 1, request('back', `b${ms}`, { uuids: [`u${which}`] })),
    at(ms + 2, answer('back', `b${ms}`, { elapsedMs: 9, uuids: [`u${which}`] })),
    at(ms + 500, callFailed('front', `f${ms}`, { by: ms % 2 === 0 ? 'client' : 'server', elapsedMs: 500 })),
  ],
  (ms, which, role) => sent(ms, role, `c1#${which}`),
  (ms, which, role) => [
    at(ms, attempt(role, `c1#${which}`, `slow ${ms}`)),
    at(ms + 400, accept(role, `c1#${which}`, `slow ${ms}`)),
  ],
  (ms, which, role) => [
    at(ms, attempt(role, `c1#${which}`, `no ${ms}`)),
    at(ms, reject(role, `c1#${which}`, `no ${ms}`)),
  ],
  (ms, which, role) => [
    at(ms, attempt(role, `c1#${which}`, `e ${ms}`)),
    at(ms, providerError(role, `c1#${which}`, `e ${ms}`)),
  ],
  (ms, which, holder) => [
    at(ms, authority(`u${which}`, { holder, state: ms % 2 === 0 ? 'CLAIMED' : 'SENDING', epoch: ms })),
  ],
  (ms, which) => [
    at(ms, logRow(`u${which}`, { status: 'accepted', transaction: `t${ms}` })),
    at(ms, charged(`u${which}`, `t${ms}`)),
    at(ms, decrement({ from: ms, to: ms - 1, transaction: `t${ms}` })),
  ],
  (ms) => [at(ms, breaker(ms % 2 === 0 ? 'OPEN' : 'HALF_OPEN'))],
  (ms) => [at(ms, flip('OFF'))],
  (ms, _, role) => [at(ms, nemesis({ crash: role })), at(ms + 200, nemesis({ restart: role }))],
  (ms, _, role) => [at(ms, nemesis({ terminate: role }))],
  (ms, which) => [at(ms, repeat('duplicate', { item: `c1#${which}`, messageUuid: `u${which}` }))],
  (ms) => [at(ms, trigger('c1', 2))],
  (ms) => [at(ms, userResponse({ status: 200 }))],
  (ms) => [at(ms, nemesis({ applied: 0 })), at(ms + 300, nemesis({ healed: 0 }))],
];

const MESSAGES = 3;

const FAULTS: readonly Fault[] = [
  { kind: 'latency', stream: 'downstream', latencyMs: 700, jitterMs: 0, fromMs: 0, untilMs: 1_500 },
  { kind: 'crash', process: 'service', atMs: 400, restartAfterMs: 200 },
];

/** The events of a random story. */
export interface Recipe {
  readonly chosen: readonly {
    readonly what: number;
    readonly ms: number;
    readonly which: number;
    readonly role: Role;
  }[];
  /** The `seq` numbers of the witnesses of its finding. Numbers without an event are ignored. */
  readonly witnesses: number[];
}

/** Recipes with `min` to `max` events, each at a random moment. */
export function recipes(happenings: { readonly min: number; readonly max: number }): fc.Arbitrary<Recipe> {
  const one = fc.record({
    what: fc.nat(HAPPENINGS.length - 1),
    ms: fc.integer({ min: 4, max: 4_000 }),
    which: fc.integer({ min: 1, max: MESSAGES }),
    role: fc.constantFrom<Role>('legacy', 'service'),
  });
  return fc.record({
    chosen: fc.array(one, { minLength: happenings.min, maxLength: happenings.max }),
    witnesses: fc.uniqueArray(fc.nat(happenings.max * 2), { maxLength: 12 }),
  });
}

/** The story of a recipe. */
export function storyFrom({ chosen, witnesses }: Recipe): Story {
  const events = chosen.flatMap(({ what, ms, which, role }) => HAPPENINGS[what]?.(ms, which, role) ?? []);
  const finding: Finding = { property: 'S1', message: 'wrong', items: ['c1#1'], witnesses };
  const history = historyOf({ messages: MESSAGES, faults: [...FAULTS] }, [...entered(), ...inOrder(events)]);
  return storyOf(history, { findings: [finding] });
}

function entered(): Observation[] {
  const entries = Array.from({ length: MESSAGES }, (_, index) => at(2, entry(`c1#${index + 1}`, `u${index + 1}`)));
  return [at(0, trigger()), ...entries];
}

function inOrder(events: readonly Observation[]): Observation[] {
  return events.toSorted((left, right) => left.earliest - right.earliest);
}

/** One message that is sent twice, because the answer came too late. */
export function sentTwice(): Story {
  const events = [
    at(0, trigger()),
    at(1, entry('c1#1', 'u1')),
    at(2, request('front', 'f1', { uuids: ['u1'] })),
    at(3, request('back', 'b1', { uuids: ['u1'] })),
    at(4, authority('u1', { holder: 'service', state: 'CLAIMED' })),
    ...sent(5, 'service'),
    at(7, answer('back', 'b1', { elapsedMs: 4 })),
    at(7, nemesis({ applied: 0 })),
    at(502, callFailed('front', 'f1', { by: 'client', elapsedMs: 500 })),
    ...sent(510, 'legacy'),
    at(900, nemesis({ healed: 0 })),
  ];
  const faults: Fault[] = [
    { kind: 'latency', stream: 'downstream', latencyMs: 700, jitterMs: 0, fromMs: 7, untilMs: 900 },
  ];
  const history = historyOf({ faults }, events);
  const accepts = history.events.flatMap(({ kind, seq }) => (kind === 'accept' ? [seq] : []));
  return storyOf(history, {
    findings: [{ property: 'S1', message: 'c1#1 was accepted twice', items: ['c1#1'], witnesses: accepts }],
  });
}
