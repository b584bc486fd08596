// The caller's side of one call from the legacy app to the service: the ClientCall, the key for decisions, and the front tap. The link
// carries the request and the answer; `arrival.ts` is the service's side.
import type { HttpPost } from '../../src/contract/http.ts';
import { type ParsedRequest, parseRequest } from '../execution/batch-wire.ts';
import type { ConnectionState } from '../formats/dump.ts';
import { Arrival, type Caller } from './arrival.ts';
import { ClientCall } from './client-call.ts';
import { EVENTS } from './event-words.ts';
import type { Incarnation } from './incarnation.ts';
import { MICROS_PER_MS } from './clock.ts';
import type { Link, LinkedConnection, LinkMessage } from './link.ts';
import { ANSWER_EFFECTS, type CallerTimes, REQUEST_EFFECTS } from './network-effects.ts';
import { ANSWER_SITE, REQUEST_SITE } from './sites.ts';
import type { TappedAnswer } from './tapped-answer.ts';
import type { CallEnd, TapCall } from './taps.ts';
import { HOP_MICROS } from './timings.ts';
import type { World } from './world.ts';

/** The approximate size of the head of a request or an answer, in bytes, for faults that cut a message after a number of bytes. */
const HEAD_BYTES = 160;

/** One call, as the connection that the link carries and as the caller that arrivals answer. */
export class HttpExchange implements LinkedConnection, Caller {
  readonly client: ClientCall;
  readonly path: string;
  readonly request: HttpPost;
  readonly parsed: ParsedRequest | undefined;
  /** The items of the call, joined. Unlike a number, they stay the same when other decisions change. */
  readonly key: string;
  isGone = false;
  readonly #world: World;
  readonly #from: string;
  readonly #link: Link;
  #front: TapCall | undefined;
  #isAnswerOnItsWay = false;
  readonly #arrivals: Arrival[] = [];
  #copies = 0;

  constructor(
    surroundings: { world: World; link: Link },
    from: { client: Incarnation; request: HttpPost; path: string },
  ) {
    const { world, link } = surroundings;
    this.#world = world;
    this.#link = link;
    this.path = from.path;
    this.request = from.request;
    this.parsed = parseRequest(from.request.body);
    this.key = keyOf(world, this.parsed);
    this.client = new ClientCall(world, from.client, from.request);
    this.#from = from.client.name;
    world.connections.push(this);
  }

  state(): ConnectionState | undefined {
    const isServed = this.#arrivals.some((arrival) => arrival.isBeingServed);
    const isOnItsWay = this.#arrivals.some((arrival) => arrival.isOnItsWay);
    const where = this.#isAnswerOnItsWay
      ? 'the answer is on its way'
      : isServed
        ? 'the service handles the request'
        : isOnItsWay
          ? 'the request is on its way'
          : 'nothing is on its way';
    const isLeft = this.isGone || this.client.isOver;
    // An answer on its way to a caller that has left makes no difference any more, so the connection counts as ended.
    if (isLeft && (this.#isAnswerOnItsWay || !(isServed || isOnItsWay))) return undefined;
    return {
      from: this.#from,
      to: 'service',
      what: `POST ${this.path} of ${this.key}`,
      sinceMs: this.client.startedMicros / MICROS_PER_MS,
      state: isLeft ? `the caller has left; ${where}` : where,
    };
  }

  /** Opens the connection, and sends the request unless the connection is refused. */
  start(): void {
    const world = this.#world;
    const link = this.#link;
    const effect = REQUEST_EFFECTS[world.decide(REQUEST_SITE, this.key)];
    if (effect.kind === 'refuse') {
      world.disturb(effect.harm);
      this.#refuse();
      return;
    }
    if (link.isRefusing) {
      this.#refuse();
      return;
    }
    link.open.add(this);
    this.#front = link.taps.open('front', this.parsed);
    this.#front.request(this.path);
    this.client.onAbandoned = () => this.#abandoned();
    // Faults of the network hold back data but never the connection, so a call to a service that is down fails without delay.
    if (link.accepts(() => this.#lost())) {
      link.send(effect, this, () => this.#requestCopy());
      return;
    }
    link.taps.open('back', this.parsed).fail({ by: 'server', how: 'fin' });
    this.breakLater({ by: 'server', how: 'fin' });
  }

  answered(answer: TappedAnswer): void {
    if (this.isGone) return;
    const effect = ANSWER_EFFECTS[this.#world.decide(ANSWER_SITE, this.key)];
    this.#link.send(effect, this, () => this.#answerCopy(answer));
  }

  get times(): CallerTimes {
    const budgetMs = this.request.timeouts.totalMs ?? this.#world.settings.legacy.budgetMs;
    return { nowMicros: this.#world.nowMicros, startedMicros: this.client.startedMicros, budgetMs };
  }

  answer(answer: TappedAnswer): void {
    this.#link.travel(this.#answerCopy(answer));
  }

  progress(): void {
    if (!this.isGone) this.client.progress();
  }

  cutOff(): void {
    for (const arrival of this.#arrivals) arrival.discard();
    this.#break({ by: 'server', how: 'fin' });
  }

  breakLater(end: CallEnd): void {
    this.#world.engine.schedule(HOP_MICROS, () => this.#break(end), EVENTS.connectionEnds);
  }

  #requestCopy(): LinkMessage {
    const attempt = this.#copies;
    this.#copies += 1;
    return {
      stream: 'upstream',
      connection: this,
      attempt,
      sizeBytes: () => HEAD_BYTES + Buffer.byteLength(this.request.body),
      setOut: () => {
        const arrival = new Arrival(this, this.#link);
        this.#arrivals.push(arrival);
        return () => arrival.arrive();
      },
      cut: (bytes) => {
        this.breakLater({ by: 'server', how: 'fin' });
        if (bytes > 0) this.#world.engine.schedule(HOP_MICROS, () => this.#arriveCut(), EVENTS.arrival);
      },
    };
  }

  #answerCopy(answer: TappedAnswer): LinkMessage {
    return {
      stream: 'downstream',
      connection: this,
      attempt: this.#copies,
      sizeBytes: () => HEAD_BYTES + Buffer.byteLength(answer.body),
      setOut: () => {
        this.#isAnswerOnItsWay = true;
        return () => this.#arriveBack(answer);
      },
      cut: (answerBytes) => this.breakLater({ by: 'server', how: 'fin', answerBytes }),
    };
  }

  /** The first bytes of a cut request reach the back tap; the service ignores them. */
  #arriveCut(): void {
    this.#link.taps.open('back', this.parsed).fail({ by: 'client', how: 'fin' });
  }

  #arriveBack(answer: TappedAnswer): void {
    if (this.isGone) return;
    this.#close();
    this.#front?.answer(answer, this.client.overdueSince);
    this.client.answer(answer.status, answer.body);
  }

  #refuse(): void {
    this.#world.engine.schedule(HOP_MICROS, () => this.client.fail('refused'), EVENTS.refusal);
  }

  /** The network or the service ends the connection. */
  #break(end: CallEnd): void {
    if (this.isGone) return;
    this.#close();
    this.#front?.fail(end, this.client.overdueSince);
    if (end.how === 'rst') this.client.fail('reset');
    else this.client.fail((end.answerBytes ?? 0) > 0 ? 'truncated' : 'closed');
  }

  /** The service has ended: requests on their way to it are lost, and the connection ends. An answer on its way still arrives. */
  #lost(): void {
    for (const arrival of this.#arrivals) arrival.lose();
    if (this.#isAnswerOnItsWay || this.#arrivals.some((arrival) => arrival.isBeingServed)) return;
    this.breakLater({ by: 'server', how: 'fin' });
  }

  #abandoned(): void {
    if (this.isGone) return;
    this.#close();
    this.#front?.fail({ by: 'client', how: 'fin' }, this.client.overdueSince);
    const seeLeft = (): void => {
      for (const arrival of this.#arrivals) arrival.callerLeft();
    };
    this.#world.engine.schedule(HOP_MICROS, seeLeft, EVENTS.callerSeenLeft);
  }

  #close(): void {
    this.isGone = true;
    this.#link.open.delete(this);
  }
}

function keyOf(world: World, parsed: ParsedRequest | undefined): string {
  if (parsed === undefined) return 'other';
  const { finder } = world.plan;
  const items = parsed.messages.map(
    ({ recipient, bodyDigest }) => finder.findByDigest(recipient, bodyDigest)?.item ?? '?',
  );
  return `${parsed.dryRun === true ? 'dry:' : ''}${items.join('+')}`;
}
