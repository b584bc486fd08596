// A third client of the service, besides the legacy app: it repeats the uuid of a message with another payload. Its requests bypass the
// link and the taps.
import type { CallerPresence } from '../../src/contract/http.ts';
import {
  type RepeatedRequest,
  repeatedRequest,
  resultOfRepeat,
  type SeenAttempt,
} from '../execution/repeated-request.ts';
import type { FaultOf } from '../faults/catalogue.ts';
import { microsOf } from './clock.ts';
import { EVENTS } from './event-words.ts';
import type { SimProcess } from './processes.ts';
import { CLIENT_SITE } from './sites.ts';
import { HOP_MICROS, REPEAT_AFTER_MS } from './timings.ts';
import type { World } from './world.ts';

/** The client keeps its connection until it is answered. */
const WAITS: CallerPresence = { isGone: false, onGone() {} };

/** A choice of the decision that repeats a uuid. */
type Repeating = Exclude<(typeof CLIENT_SITE.choices)[number], 'silent'>;

const REPEATS: Readonly<Record<Repeating, Pick<FaultOf<'repeat'>, 'changes' | 'afterMs'>>> = {
  'another-text': { changes: 'text', afterMs: REPEAT_AFTER_MS },
  'another-number': { changes: 'number', afterMs: REPEAT_AFTER_MS },
  'another-text-at-once': { changes: 'text', afterMs: 0 },
};

/** The fault that a choice equals, for one item. */
export function repeatBy(choice: Repeating, item: string): FaultOf<'repeat'> {
  return { kind: 'repeat', item, ...REPEATS[choice] };
}

/** Makes a decision at each attempt of the service: whether the client repeats its uuid. */
export function installClientDecisions(world: World, services: readonly SimProcess[]): void {
  const { decider, attemptListeners, faultsOfDecisions } = world;
  if (!decider.isOpen) return;
  attemptListeners.add((attempt) => {
    const { system, item } = attempt;
    if (system !== 'service' || item === null || !decider.isOpenAt(CLIENT_SITE)) return;
    const choice = decider.decide(CLIENT_SITE, item);
    if (choice === 'silent') return;
    const fault = repeatBy(choice, item);
    faultsOfDecisions.push(fault);
    repeatUuid(world, services, { fault, attempt });
  });
}

/** Repeats the uuid of an attempt `afterMs` later, and notes the answer in the history. */
export function repeatUuid(
  world: World,
  services: readonly SimProcess[],
  { fault, attempt }: { readonly fault: FaultOf<'repeat'>; readonly attempt: SeenAttempt },
): void {
  const repeat = (): void => {
    const requests = world.recorder.observations.filter((event) => event.kind === 'request');
    const repeated = repeatedRequest(fault, attempt, requests);
    if (repeated !== undefined) ask(world, services, repeated);
  };
  world.engine.schedule(microsOf(fault.afterMs), repeat, EVENTS.repeat);
}

function ask({ engine, recorder, nowMicros }: World, services: readonly SimProcess[], repeated: RepeatedRequest): void {
  const answered = (status: number | null, body: string): void => {
    const note = (): void =>
      recorder.span({ ...repeated.reported, ...resultOfRepeat(repeated, { status, body }) }, nowMicros);
    engine.schedule(HOP_MICROS, note, EVENTS.repeat);
  };
  const arrive = (): void => {
    const isTaken = services.some((service) =>
      service.serve({
        request: {
          method: 'POST',
          path: repeated.path,
          headers: { 'content-type': 'application/json' },
          body: repeated.body,
        },
        caller: WAITS,
        replied: ({ status, body }) => answered(status, body),
        died: () => answered(null, ''),
      }),
    );
    if (!isTaken) answered(null, '');
  };
  engine.schedule(HOP_MICROS, arrive, EVENTS.repeat);
}
