// One call from the legacy app to the service on its way: out through the front tap, in through the back tap, and back again, with
// whatever the faults in force and the decisions do to it.
import type { HttpPost } from '../../src/contract/http.ts';
import { type RequestReading, readRequest, TappedAnswer } from './batch-reading.ts';
import { ClientCall } from './client-call.ts';
import { microsOf } from './clock.ts';
import { Delivery } from './delivery.ts';
import { DROPPED, type FaultsInForce, type Treatment } from './faults-in-force.ts';
import type { Incarnation } from './incarnation.ts';
import type { SimProcess } from './processes.ts';
import { ANSWER_SITE, REQUEST_SITE } from './sites.ts';
import type { CallEnd, TapCall, Taps } from './taps.ts';
import { DELAY_PAST_BUDGET_MS, DRIP_GAP_MS, DRIP_TOTAL_MS, HOP_MICROS, REORDER_MICROS } from './timings.ts';
import type { World } from './world.ts';

/** What a call travels through. */
export interface RoadSurroundings {
  readonly world: World;
  readonly taps: Taps;
  readonly faults: FaultsInForce;
  /** The calls whose connection stands. */
  readonly open: Set<RoadCall>;
  /** The process that takes the next delivery. */
  route(key: string): SimProcess;
  /** Whether somebody takes a connection now; `lost` is called when nobody is left to hold it. */
  connect(lost: () => void): boolean;
}

/** A rough count of the bytes of a head, for faults that cut after so many. */
const HEAD_BYTES = 160;

const GATEWAY_BODY = '{"error":"bad gateway"}';
const GARBAGE_BODY = '<html>';

/** One call. */
export class RoadCall {
  readonly client: ClientCall;
  readonly path: string;
  readonly request: HttpPost;
  readonly reading: RequestReading | undefined;
  readonly road: RoadSurroundings;
  /** What the call is about, for decisions: its items, which no choice made elsewhere can rename. */
  readonly key: string;
  #front: TapCall | undefined;
  /** The caller has closed its side, or the network has ended the connection. */
  isGone = false;
  #isAnswerOnItsWay = false;
  readonly #deliveries: Delivery[] = [];
  #attempt = 0;

  constructor(road: RoadSurroundings, from: { client: Incarnation; request: HttpPost; path: string }) {
    this.road = road;
    this.path = from.path;
    this.request = from.request;
    this.reading = readRequest(from.request.body);
    this.key = keyOf(road.world, this.reading);
    this.client = new ClientCall(road.world, from.client, from.request);
  }

  /** Sets out. */
  start(): void {
    const { world, faults, taps, open } = this.road;
    const choice = world.decide(REQUEST_SITE, this.key);
    if (choice === 'refuse') world.disturb('refused', 'service');
    if (choice === 'refuse' || faults.isRefusing) {
      world.engine.schedule(HOP_MICROS, () => this.client.fail('refused'));
      return;
    }
    open.add(this);
    this.#front = taps.open('front', this.reading);
    this.#front.request(this.path);
    this.client.onAbandoned = () => this.#abandoned();
    // A fault of the network holds back data and never the connection, so that nobody waits for a service that is down.
    if (this.road.connect(() => this.#lost())) {
      this.#send(choice);
      return;
    }
    taps.open('back', this.reading).fail({ by: 'server', how: 'fin' });
    this.#breakLater({ by: 'server', how: 'fin' });
  }

  /** The service's answer to a delivery has passed the back tap. */
  answered(answer: TappedAnswer): void {
    if (this.isGone) return;
    const { world } = this.road;
    const choice = world.decide(ANSWER_SITE, this.key);
    switch (choice) {
      case 'drop':
        world.disturb('answer-lost', 'service');
        this.road.faults.hold(DROPPED, () => this.cutOff());
        return;
      case 'reset':
        world.disturb('answer-reset', 'service');
        this.#breakLater({ by: 'server', how: 'rst' });
        return;
      case 'cut':
        world.disturb('answer-cut', 'service');
        this.#breakLater({ by: 'server', how: 'fin', answerBytes: 1 });
        return;
      case 'gateway-error':
        world.disturb('answer-reset', 'service');
        this.#travelBack(new TappedAnswer({ status: 504, body: GATEWAY_BODY }), 0);
        return;
      case 'garbage':
        world.disturb('answer-cut', 'service');
        this.#travelBack(new TappedAnswer({ status: 200, body: GARBAGE_BODY }), 0);
        return;
      case 'drip':
        world.disturb('answer-delayed', 'service', DRIP_TOTAL_MS);
        this.#drip(answer);
        return;
      default:
        this.#travelBack(answer, this.#answerDelayMicros(choice));
    }
  }

  /** The connection is ended by the network or by the service's side. */
  break(end: CallEnd): void {
    if (this.isGone) return;
    this.#close();
    this.#front?.fail(end, this.client.overdueSince);
    if (end.how === 'rst') this.client.fail('reset');
    else this.client.fail((end.answerBytes ?? 0) > 0 ? 'truncated' : 'closed');
  }

  /** The same, a hop later: what the service's side does is seen by the caller after its way. */
  breakLater(end: CallEnd): void {
    this.#breakLater(end);
  }

  /** The network drops everything: also what was still on its way to the service. */
  cutOff(): void {
    for (const delivery of this.#deliveries) delivery.discard();
    this.break({ by: 'server', how: 'fin' });
  }

  #send(choice: (typeof REQUEST_SITE.choices)[number]): void {
    const { world } = this.road;
    switch (choice) {
      case 'drop':
        world.disturb('request-lost', 'service');
        this.road.faults.hold(DROPPED, () => this.cutOff());
        return;
      case 'reset':
        world.disturb('request-reset', 'service');
        this.#breakLater({ by: 'server', how: 'rst' });
        return;
      case 'gateway-error':
        world.disturb('request-reset', 'service');
        this.#travelBack(new TappedAnswer({ status: 503, body: GATEWAY_BODY }), 0);
        return;
      case 'delay':
        world.disturb('request-delayed', 'service', this.#pastBudgetMs());
        this.#travel(microsOf(this.#pastBudgetMs()));
        return;
      case 'reorder':
        world.disturb('request-delayed', 'service', REORDER_MICROS / 1_000);
        this.#travel(REORDER_MICROS);
        return;
      case 'duplicate':
      case 'duplicate-late': {
        const laterMs = choice === 'duplicate' ? 0 : this.#pastBudgetMs();
        world.disturb('request-delayed', 'service', laterMs);
        this.#travel(0);
        this.#travel(microsOf(laterMs));
        return;
      }
      default:
        this.#travel(0);
    }
  }

  /** One delivery on its way to the service. */
  #travel(extraMicros: number): void {
    const { faults } = this.road;
    const attempt = this.#attempt;
    this.#attempt += 1;
    const treatment = faults.treat('upstream', { key: this.key, attempt, size: () => this.#requestBytes() });
    if (this.#suffers(treatment)) {
      if (treatment.kind === 'cut' && treatment.bytes > 0) this.#deliverTorso();
      return;
    }
    const delivery = new Delivery(this);
    this.#deliveries.push(delivery);
    const delayMicros = treatment.delayMicros + extraMicros;
    faults.travel({ delayMicros, faults: treatment.faults }, () => delivery.arrive());
  }

  /** Applies what a fault in force does to a message, unless it lets it pass. */
  #suffers(treatment: Treatment): treatment is Exclude<Treatment, { kind: 'pass' }> {
    switch (treatment.kind) {
      case 'pass':
        return false;
      case 'lost':
        // The connection stands, and ends when the fault is taken away.
        this.road.faults.hold(treatment.fault, () => this.cutOff());
        return true;
      case 'reset':
        this.#breakLater({ by: 'server', how: 'rst' });
        return true;
      case 'cut':
        this.#breakLater({ by: 'server', how: 'fin' });
        return true;
    }
  }

  /** The first bytes of a cut request reach the back tap; the service makes nothing of them. */
  #deliverTorso(): void {
    const { world, taps } = this.road;
    world.engine.schedule(HOP_MICROS, () => {
      taps.open('back', this.reading).fail({ by: 'client', how: 'fin' });
    });
  }

  #travelBack(answer: TappedAnswer, extraMicros: number): void {
    const { faults } = this.road;
    const size = (): number => HEAD_BYTES + Buffer.byteLength(answer.body);
    const treatment = faults.treat('downstream', { key: this.key, attempt: this.#attempt, size });
    if (treatment.kind === 'cut') {
      this.#breakLater({ by: 'server', how: 'fin', answerBytes: treatment.bytes });
      return;
    }
    if (this.#suffers(treatment)) return;
    this.#isAnswerOnItsWay = true;
    const delayMicros = treatment.delayMicros + extraMicros;
    faults.travel({ delayMicros, faults: treatment.faults }, () => this.#arriveBack(answer));
  }

  #arriveBack(answer: TappedAnswer): void {
    if (this.isGone) return;
    this.#close();
    this.#front?.answer(answer, this.client.overdueSince);
    this.client.answer(answer.status, answer.body);
  }

  /** Bytes keep coming, so that no silence is ever long, but the answer is whole only much later. */
  #drip(answer: TappedAnswer): void {
    const { engine } = this.road.world;
    for (let ms = DRIP_GAP_MS; ms < DRIP_TOTAL_MS; ms += DRIP_GAP_MS) {
      engine.schedule(microsOf(ms), () => {
        if (!this.isGone) this.client.progress();
      });
    }
    this.#travelBack(answer, microsOf(DRIP_TOTAL_MS));
  }

  /** How much later than its way an answer comes, so that it meets the end of the caller's budget where the choice says. */
  #answerDelayMicros(choice: (typeof ANSWER_SITE.choices)[number]): number {
    const { world } = this.road;
    if (choice === 'deliver') return 0;
    const offsetMs = ANSWER_OFFSETS_MS[choice] ?? 0;
    const atMicros = this.client.startedMicros + microsOf(this.#budgetMs() + offsetMs);
    const delayMicros = Math.max(0, atMicros - world.nowMicros - HOP_MICROS);
    world.disturb('answer-delayed', 'service', delayMicros / 1_000);
    return delayMicros;
  }

  /** The service has died: what is on its way to it is lost, and who waits for it hears of that. An answer under way still comes. */
  #lost(): void {
    for (const delivery of this.#deliveries) delivery.lose();
    if (this.#isAnswerOnItsWay || this.#deliveries.some((delivery) => delivery.isBeingServed)) return;
    this.#breakLater({ by: 'server', how: 'fin' });
  }

  #abandoned(): void {
    if (this.isGone) return;
    this.#close();
    this.#front?.fail({ by: 'client', how: 'fin' }, this.client.overdueSince);
    const { engine } = this.road.world;
    engine.schedule(HOP_MICROS, () => {
      for (const delivery of this.#deliveries) delivery.callerLeft();
    });
  }

  #breakLater(end: CallEnd): void {
    this.road.world.engine.schedule(HOP_MICROS, () => this.break(end));
  }

  #close(): void {
    this.isGone = true;
    this.road.open.delete(this);
  }

  #budgetMs(): number {
    return this.request.timeouts.totalMs ?? this.road.world.settings.legacy.budgetMs;
  }

  #pastBudgetMs(): number {
    return this.#budgetMs() + DELAY_PAST_BUDGET_MS;
  }

  #requestBytes(): number {
    return HEAD_BYTES + Buffer.byteLength(this.request.body);
  }
}

const ANSWER_OFFSETS_MS: Readonly<Record<string, number>> = {
  delay: DELAY_PAST_BUDGET_MS,
  'just-before-budget': -1,
  'at-budget': 0,
  'just-after-budget': 1,
};

function keyOf(world: World, reading: RequestReading | undefined): string {
  if (reading === undefined) return 'other';
  const items = reading.recipients.map((recipient) => world.plan.itemOf.get(recipient) ?? '?');
  return `${reading.dryRun === true ? 'dry:' : ''}${items.join('+')}`;
}
