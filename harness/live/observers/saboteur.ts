// Puts the wire mutant of a recording in its place among the observers of a slot: they see what it does as the pair's own doing.
import type { Role } from '../../../src/contract/message.ts';
import { type BatchWire, batchWire } from '../../execution/batch-wire.ts';
import { wireMutant } from '../sabotage/all-wire-mutants.ts';
import type { CallExchange, Exchange, ProviderExchange, Reply, Sabotage, WireRequest } from '../sabotage/exchange.ts';
import { Relay, type RelayedCall } from '../sabotage/relay.ts';
import { type WireMutant, wireMarkerOf } from '../sabotage/wire-mutant.ts';
import { rigMicros } from './clock.ts';
import type { SabotageOrder } from './commands.ts';
import type { Provider } from './provider.ts';
import type { RecordedItem, Recording } from './recording.ts';
import type { Tap } from './tap.ts';

/** Where it may stand, and what it works with. */
export interface SaboteurPlaces {
  readonly taps: Iterable<Tap>;
  readonly providers: Readonly<Partial<Record<Role, Provider>>>;
  readonly recording: Recording;
  readonly items: readonly RecordedItem[];
}

/** Lets a wire mutant act. One of the database acts elsewhere. */
export async function placeSaboteur({ mutant: id, budgetMs }: SabotageOrder, places: SaboteurPlaces): Promise<void> {
  const mutant = wireMutant(id);
  const { sabotage } = mutant;
  const { items, recording, taps, providers } = places;
  const tookEffect = (): void => markEffect(recording, mutant);
  switch (sabotage.at) {
    case 'client':
    case 'service':
      for (const tap of taps) {
        const isBefore = sabotage.at === 'client';
        if (tap.name !== (isBefore ? 'front' : 'back')) continue;
        const treat = callTreatment(sabotage.act, { protocol: tap.protocol, budgetMs, items, tookEffect });
        const open = (target: { host: string; port: number }): Promise<Relay> => Relay.open(target, treat);
        await (isBefore ? tap.sabotageBefore(open) : tap.sabotageBehind(open));
      }
      break;
    case 'legacy-provider':
      placeBefore(sabotage.act, { own: providers.legacy, other: providers.service, items, tookEffect });
      break;
    case 'service-provider':
      placeBefore(sabotage.act, { own: providers.service, other: providers.legacy, items, tookEffect });
      break;
    case 'database':
      break;
  }
}

/** Leaves the marker of a mutant in a history, as a line of the system that seems to have done it. */
function markEffect(recording: Recording, { id, sabotage: { at } }: WireMutant): void {
  const now = rigMicros();
  const process = at === 'client' || at === 'legacy-provider' ? 'legacy' : 'service';
  recording.record({
    observer: 'saboteur',
    kind: 'log',
    process,
    line: wireMarkerOf(id),
    earliest: now,
    latest: now,
  });
}

/** Leaves alone what is no call of the protocol, as a health probe is none. */
function callTreatment(
  act: Sabotage<CallExchange>,
  parts: Pick<CallExchange, 'protocol' | 'budgetMs' | 'items' | 'tookEffect'>,
): (call: RelayedCall) => Promise<Reply> {
  const wire = batchWire(parts.protocol);
  return (call) => (isCall(wire, call.request) ? act({ ...call, ...parts }) : call.forward(call.request));
}

function isCall(wire: BatchWire, { method, target, headers, body }: WireRequest): boolean {
  return wire.request({ method, target, headers: new Map(Object.entries(headers)), body }) !== undefined;
}

function placeBefore(
  act: Sabotage<ProviderExchange>,
  parts: Pick<Exchange, 'items' | 'tookEffect'> & {
    readonly own: Provider | undefined;
    readonly other: Provider | undefined;
  },
): void {
  const { own, other, items, tookEffect } = parts;
  own?.sabotage((request) =>
    act({
      request,
      items,
      tookEffect,
      forward: (passed) => own.answer(passed),
      forwardUnseen: (passed) => own.answerUnseen(passed),
      forwardAsOther: (passed) => (other ?? own).answer(passed),
    }),
  );
}
