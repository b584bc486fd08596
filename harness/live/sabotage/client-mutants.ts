// Wire mutants between the legacy app and the front tap: the legacy app seems to request something else, or to repeat a request.
import { randomUUID } from 'node:crypto';
import { askingAgain, otherNumber, rewritingRequest } from './rewriting.ts';
import { ONE_ON, ONE_SHADOW } from './scenarios.ts';
import type { WireBatch } from './wire-batch.ts';
import type { WireMutant } from './wire-mutant.ts';

/** How much longer than its budget a delayed call takes. */
const OVERRUN_MS = 1_200;

/** Each of them changes what the taps see. */
export const CLIENT_MUTANTS: readonly WireMutant[] = [
  {
    id: 'X01',
    name: 'strip-dry-run',
    does: 'the field that makes a request a rehearsal is removed',
    breaks: ['S4', 'S1'],
    scenario: ONE_SHADOW,
    sabotage: { at: 'client', act: rewritingRequest((batch) => batch.write(batch.protocol.request.dryRun, undefined)) },
  },
  {
    id: 'X02',
    name: 'rewrite-uuid',
    does: 'each message of a request gets another uuid',
    breaks: ['S6'],
    scenario: ONE_ON,
    sabotage: { at: 'client', act: rewritingRequest(renameMessages) },
  },
  {
    id: 'X03',
    name: 'rewrite-recipient',
    does: 'each message of a request gets another number',
    breaks: ['S18'],
    scenario: ONE_ON,
    absence: ({ protocol, identity }) => {
      if (protocol.request.recipient === null) return 'a request names no numbers';
      return identity === 'wire' ? 'a message is known by the number in its request' : undefined;
    },
    sabotage: {
      at: 'client',
      act: rewritingRequest(({ protocol, messages, read, write }) => {
        const { recipient } = protocol.request;
        return messages
          .map((message) => {
            const number = read(recipient, message);
            return typeof number === 'string' && write(recipient, otherNumber(number), message);
          })
          .some(Boolean);
      }),
    },
  },
  {
    id: 'X04',
    name: 'deliver-twice',
    does: 'a call is repeated as soon as it is answered',
    breaks: ['S14'],
    scenario: ONE_ON,
    sabotage: {
      at: 'client',
      async act({ request, forward, tookEffect }) {
        await forward(request);
        tookEffect();
        return forward(request);
      },
    },
  },
  {
    id: 'X05',
    name: 'deliver-again-renamed',
    does: 'a call is repeated under another uuid',
    breaks: ['S1', 'S6'],
    scenario: ONE_ON,
    sabotage: { at: 'client', act: askingAgain(renameMessages) },
  },
  {
    id: 'X06',
    name: 'outlast-the-budget',
    does: 'a call goes on after its budget',
    breaks: ['S14'],
    scenario: ONE_ON,
    sabotage: {
      at: 'client',
      act({ request, budgetMs, forward, tookEffect }) {
        tookEffect();
        return forward(request, { outlivesCaller: true, pauseMs: budgetMs + OVERRUN_MS });
      },
    },
  },
  {
    id: 'X07',
    name: 'rewrite-tenant',
    does: 'a request is made in the name of another tenant',
    breaks: ['S22'],
    scenario: ONE_ON,
    absence: ({ protocol }) => (protocol.request.tenant === null ? 'a request names no tenant' : undefined),
    sabotage: {
      at: 'client',
      act: rewritingRequest((batch) => {
        const place = batch.protocol.request.tenant;
        const tenant = batch.read(place);
        const other = Number(tenant) + 1;
        return batch.write(place, typeof tenant === 'string' ? String(other) : other);
      }),
    },
  },
  {
    id: 'X08',
    name: 'rehearse-live-too',
    does: 'a rehearsal is followed by a request to send',
    breaks: ['S1', 'S4'],
    scenario: ONE_SHADOW,
    sabotage: { at: 'client', act: askingAgain(makeLive) },
  },
];

/** Gives each message of a request another uuid. */
export function renameMessages({ protocol, messages, write }: WireBatch): boolean {
  const { uuid } = protocol.request;
  return messages.map((message) => write(uuid, randomUUID(), message)).some(Boolean);
}

/** Turns a rehearsal into a request to send. */
export function makeLive({ protocol, write }: WireBatch): boolean {
  const [value = null] = protocol.request.liveIs;
  return write(protocol.request.dryRun, value ?? undefined);
}
