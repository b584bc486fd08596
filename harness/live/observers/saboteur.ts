// Places the wire mutant of a recording among the observers of a slot, so that they record what it does as behaviour of the pair.
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

/** The places for a mutant in a slot, and what it works with. */
export interface SaboteurPlaces {
  readonly taps: Iterable<Tap>;
  readonly providers: Readonly<Partial<Record<Role, Provider>>>;
  readonly recording: Recording;
  readonly items: readonly RecordedItem[];
}

/** Puts a wire mutant in its place. A mutant of the database needs none: it acts from the rig's thread. */
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

/** Records the marker of a mutant, as a log line of the system that the mutant makes look broken. */
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

/** Applies the mutant to calls of the protocol, and forwards other requests, such as health probes, unchanged. */
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
