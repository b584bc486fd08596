// The goals: states that a thorough search must reach at least once. A search that never saw a breaker OPEN has tested no property with an
// OPEN breaker.
import type { Role } from '../../src/contract/message.ts';
import type { EventOf } from '../formats/event.ts';
import type { Goal } from '../formats/goal.ts';
import type { History } from '../formats/history.ts';
import { flaggedMode } from './messages.ts';
import { dimensionsReached } from './dimension-goals.ts';
import { numberIn, textIn } from './row-values.ts';

/** The goals that a history reaches. */
export function goalsReached(history: History): ReadonlySet<Goal> {
  const reader = new GoalReader(history);
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
      case 'terminate':
        if (reader.hasOpen()) reader.leaving.add(event.process);
        break;
      case 'exit':
        if (!event.isKilled && reader.leaving.has(event.process)) reader.reached.add('terminated with grace');
        break;
      case 'crash':
        if (reader.hasOpen()) reader.reached.add(`${event.process} crashed in flight`);
        break;
      case 'recover':
        reader.recovered(event);
        break;
      case 'repeat':
        if (event.status !== null) reader.reached.add('uuid repeated with another payload');
        break;
      case 'reconciliation':
        if (event.mismatches !== null && reader.hasOpen()) reader.reached.add('reconciled beside traffic');
        break;
      default:
    }
  }
  for (const goal of dimensionsReached(history)) reader.reached.add(goal);
  return reader.reached;
}

/** Collects the reached goals from the events, which it must get in order. */
class GoalReader {
  readonly reached = new Set<Goal>();
  /** Processes that were asked to end while a message was under way. */
  readonly leaving = new Set<Role>();
  /** The uuids of each call at the front tap. */
  readonly asked = new Map<string, readonly string[]>();
  readonly #rig: string;
  /** The number of recovery rounds in the scenario. The rounds before the cut, where loss is judged, follow them. */
  readonly #timedRounds: number;
  readonly #entries = new Map<string, EventOf<'entry'>>();
  /** Items that entered in ON. */
  readonly #inOn = new Set<string>();
  /** Messages that have no final log row yet, by uuid. */
  readonly #open = new Map<string, string>();
  /** Items whose call to the service failed before the service was known to have sent them. */
  readonly #givenUp = new Set<string>();

  constructor({ roles, scenario }: History) {
    this.#rig = roles.rig;
    this.#timedRounds = scenario.steps.filter(({ kind }) => kind === 'recover').length;
  }

  /** Whether a message is under way; with a tenant, a message of that tenant. */
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
    for (const uuid of this.asked.get(call) ?? []) this.#givenUp.add(this.#entries.get(uuid)?.item ?? '');
  }

  accepted({ system, item }: EventOf<'accept'>): void {
    if (item === null) return;
    if (system === 'service') {
      if (this.#givenUp.has(item)) this.reached.add('fallback lost to a late acceptance');
      return;
    }
    if (this.#inOn.has(item)) this.reached.add('fallback won');
  }

  /** A round that found something to do before quiescence. */
  recovered({ round, report }: EventOf<'recover'>): void {
    const hasWork = Object.values(report ?? {}).some((count) => count > 0);
    if (round <= this.#timedRounds && hasWork) this.reached.add('recovered beside traffic');
  }

  row({ table, role, before, after }: EventOf<'row'>): void {
    if (role === this.#rig) return;
    const state = textIn(after, 'state');
    if (table === 'messaging_breakers') this.#breaker(textIn(after, 'name'), state);
    if (table === 'send_authority') {
      if ((numberIn(after, 'epoch') ?? 0) > (numberIn(before, 'epoch') ?? 1)) this.reached.add('claim recovered');
      if (state === 'UNKNOWN') this.reached.add('unknown surfaced');
      if (state === 'SENT' && textIn(before, 'state') === 'UNKNOWN') this.reached.add('doubt resolved after surfacing');
    }
    if (table === 'sms_logs' && after !== null) this.#open.delete(textIn(after, 'message_uuid'));
  }

  #breaker(name: string, state: string): void {
    if (state === 'HALF_OPEN') this.reached.add('breaker probed');
    if (state !== 'OPEN') return;
    const isByRehearsals = name === 'dry' && !this.reached.has('breaker opened');
    if (isByRehearsals) this.reached.add('breaker opened by rehearsals alone');
    this.reached.add('breaker opened');
  }
}
