// Which modes the tenant's flag may have had when a message entered. The mode that the system pinned can differ from them.
import { isAcceptedStatus } from '../formats/accepted-statuses.ts';
import type { Observation } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { countBelow, countUpTo } from './bisect.ts';
import { groupBy } from './group-by.ts';
import { SpanIndex } from './span-index.ts';
import type { Span } from './window.ts';

type Seen<K extends Observation['kind']> = Extract<Observation, { kind: K }>;

/** What the flags of a run are read from. */
interface FlaggedRun {
  readonly header: Pick<History, 'scenario' | 'timings' | 'accepted'>;
  readonly observations: readonly Observation[];
}

/** An entry: its tenant, its campaign and the row that it is derived from. */
interface EntryPlace {
  readonly tenant: string;
  readonly campaign: string;
  readonly row: Pick<Seen<'row'>, 'statementEarliest' | 'latest'>;
}

/** The flags of one run over time. */
export interface FlaggedModes {
  /**
   * Every text of the tenant's flag that may have been in force while the entry was made, from the trigger of its delivery to its commit;
   * '' means no flag. A single text is certain.
   */
  at(place: EntryPlace): readonly string[];
}

/** Derives the flags over time from the scenario's first flags and the observed flips. */
export function flaggedModes({ header, observations }: FlaggedRun): FlaggedModes {
  const initial = new Map(header.scenario.tenants.map(({ key, mode }) => [key, [mode ?? '']]));
  const initialOf = (tenant: string): readonly string[] => initial.get(tenant) ?? UNFLAGGED;
  const flips = groupBy(ofKind(observations, 'flip'), ({ tenant }) => tenant);
  if (flips.size === 0) return { at: ({ tenant }) => initialOf(tenant) };
  const flags = new Map([...flips].map(([tenant, own]) => [tenant, new FlippedFlag(initialOf(tenant), own)]));
  const deliveries = deliveriesOf(observations, header);
  const staleMicros = header.timings.flagStalenessMs * 1_000;
  return {
    at({ tenant, campaign, row }) {
      const flag = flags.get(tenant);
      if (flag === undefined) return initialOf(tenant);
      const sinceMicros = beginningOf(row.statementEarliest, deliveries.get(campaign) ?? []);
      return flag.during({ earliest: sinceMicros - staleMicros, latest: row.latest });
    },
  };
}

const UNFLAGGED: readonly string[] = [''];

/** The flag of one tenant. A flip is in force from its start at the earliest, and from its acknowledgement at the latest. */
class FlippedFlag {
  readonly #initial: readonly string[];
  readonly #flips: readonly Seen<'flip'>[];
  readonly #acknowledged: readonly number[];
  readonly #spans: SpanIndex<Seen<'flip'>>;

  constructor(initial: readonly string[], flips: readonly Seen<'flip'>[]) {
    this.#initial = initial;
    this.#flips = flips.toSorted((a, b) => a.latest - b.latest);
    this.#acknowledged = this.#flips.map(({ latest }) => latest);
    this.#spans = new SpanIndex(flips, (flip) => flip);
  }

  /** The texts that may have been in force at some time of the span. */
  during(span: Span): readonly string[] {
    const own = this.#spans
      .touching(span)
      .filter(({ earliest, latest }) => earliest < span.latest && latest > span.earliest)
      .map(({ mode }) => mode);
    return [...new Set([...this.#after(countUpTo(this.#acknowledged, span.earliest)), ...own])];
  }

  /** The texts that may be in force after the first `count` flips: that of the last flip, and those of flips that overlap with it. */
  #after(count: number): readonly string[] {
    if (count === 0) return this.#initial;
    const texts: string[] = [];
    let begunMicros = Number.NEGATIVE_INFINITY;
    for (let place = count - 1; place >= 0; place -= 1) {
      const flip = this.#flips[place];
      if (flip === undefined || begunMicros >= flip.latest) break;
      texts.push(flip.mode);
      begunMicros = Math.max(begunMicros, flip.earliest);
    }
    return texts.toReversed();
  }
}

/** One trigger of a campaign, and when it had certainly failed; infinite while it may still be running. */
interface Delivery {
  readonly sinceMicros: number;
  readonly failedMicros: number;
}

/** The earliest begin of the delivery that wrote an entry. A delivery that had failed before the statement cannot have written it. */
function beginningOf(statementMicros: number, deliveries: readonly Delivery[]): number {
  const able = deliveries.find(
    ({ sinceMicros, failedMicros }) => sinceMicros <= statementMicros && failedMicros >= statementMicros,
  );
  return able?.sinceMicros ?? statementMicros;
}

/** The deliveries of each campaign, in order. A delivery fails when the user gets an error, or when the legacy app crashes. */
function deliveriesOf(
  observations: readonly Observation[],
  { accepted }: Pick<History, 'accepted'>,
): ReadonlyMap<string, readonly Delivery[]> {
  const answers = new Map(
    ofKind(observations, 'user-response').map((answer) => [`${answer.campaign} ${answer.delivery}`, answer]),
  );
  const crashes = ofKind(observations, 'crash').filter(({ process }) => process === 'legacy');
  const crashMicros = crashes.map(({ earliest }) => earliest);
  const triggers = groupBy(ofKind(observations, 'trigger'), ({ campaign }) => campaign);
  const failedMicros = (trigger: Seen<'trigger'>): number => {
    const answer = answers.get(`${trigger.campaign} ${trigger.delivery}`);
    const hasFailed = typeof answer?.status === 'number' && !isAcceptedStatus(accepted, answer.status);
    const answered = hasFailed ? answer.latest : undefined;
    const crashed = crashes[countBelow(crashMicros, trigger.latest)]?.latest;
    return Math.min(answered ?? Number.POSITIVE_INFINITY, crashed ?? Number.POSITIVE_INFINITY);
  };
  const entries = [...triggers].map(([campaign, own]): [string, Delivery[]] => [
    campaign,
    own.map((trigger) => ({ sinceMicros: trigger.earliest, failedMicros: failedMicros(trigger) })),
  ]);
  return new Map(entries);
}

function ofKind<K extends Observation['kind']>(observations: readonly Observation[], kind: K): Seen<K>[] {
  return observations.filter((observation): observation is Seen<K> => observation.kind === kind);
}
