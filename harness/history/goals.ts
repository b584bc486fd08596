// The sometimes-goals: states that a thorough search must have reached at least once. A search that never saw a breaker open has not
// shown that anything holds with an open breaker.
import type { EventOf } from '../formats/event.ts';
import type { Goal } from '../formats/goal.ts';
import type { History } from '../formats/history.ts';
import { flaggedMode } from './messages.ts';
import { dimensionsReached } from './dimension-goals.ts';
import { numberIn, textIn } from './row-values.ts';

/** The goals that a history reaches. */
export function goalsReached(history: History): ReadonlySet<Goal> {
  const reader = new GoalReader(history.roles.rig);
  for (const event of history.events) {
    switch (event.kind) {
      case 'row':
        reader.row(event);
        break;
      case 'entry':
        reader.entry(event);
        break;
      case 'request':
        if (event.tap === 'front' && event.dryRun !== true) reader.asked.set(event.call, event.uuids);
        break;
      case 'call-failed':
        reader.failed(event);
        break;
      case 'accept':
        reader.accepted(event);
        break;
      case 'answer':
        if (event.results.some((result) => result.status === 'duplicate')) reader.reached.add('duplicate answered');
        break;
      case 'flip':
        if (reader.hasOpen(event.tenant)) reader.reached.add('mode flipped in flight');
        break;
      case 'crash':
        if (reader.hasOpen()) reader.reached.add(`${event.process} crashed in flight`);
        break;
      default:
    }
  }
  for (const goal of dimensionsReached(history)) reader.reached.add(goal);
  return reader.reached;
}

/** Reads the events in their order. */
class GoalReader {
  readonly reached = new Set<Goal>();
  /** The uuids of each call at the front tap. */
  readonly asked = new Map<string, readonly string[]>();
  readonly #rig: string;
  readonly #entries = new Map<string, EventOf<'entry'>>();
  /** Items that entered in ON. */
  readonly #inOn = new Set<string>();
  /** Messages that have no final log row yet, by uuid. */
  readonly #open = new Map<string, string>();
  /** Items whose call to the service failed before the service was known to have sent them. */
  readonly #given = new Set<string>();

  constructor(rig: string) {
    this.#rig = rig;
  }

  /** Whether a message, of this tenant if one is named, is under way. */
  hasOpen(tenant?: string): boolean {
    if (tenant === undefined) return this.#open.size > 0;
    for (const other of this.#open.values()) if (other === tenant) return true;
    return false;
  }

  entry(entry: EventOf<'entry'>): void {
    this.#entries.set(entry.messageUuid, entry);
    if (flaggedMode(entry) === 'ON') this.#inOn.add(entry.item);
    this.#open.set(entry.messageUuid, entry.tenant);
  }

  failed({ tap, call }: EventOf<'call-failed'>): void {
    if (tap !== 'front') return;
    for (const uuid of this.asked.get(call) ?? []) this.#given.add(this.#entries.get(uuid)?.item ?? '');
  }

  accepted({ system, item }: EventOf<'accept'>): void {
    if (item === null) return;
    if (system === 'service') {
      if (this.#given.has(item)) this.reached.add('fallback lost to a late acceptance');
      return;
    }
    if (this.#inOn.has(item)) this.reached.add('fallback won');
  }

  row({ table, role, before, after }: EventOf<'row'>): void {
    if (role === this.#rig) return;
    const state = textIn(after, 'state');
    if (table === 'messaging_breakers' && state === 'OPEN') this.reached.add('breaker opened');
    if (table === 'messaging_breakers' && state === 'HALF_OPEN') this.reached.add('breaker probed');
    if (table === 'send_authority') {
      if ((numberIn(after, 'epoch') ?? 0) > (numberIn(before, 'epoch') ?? 1)) this.reached.add('claim recovered');
      if (state === 'UNKNOWN') this.reached.add('unknown surfaced');
    }
    if (table === 'sms_logs' && after !== null) this.#open.delete(textIn(after, 'message_uuid'));
  }
}
