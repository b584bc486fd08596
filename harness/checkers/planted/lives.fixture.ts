// Histories composed of lives: each life is valid, several run at once, and faults do not overlap. Used by tests only.
import * as fc from 'fast-check';
import type { Observation } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { buildHistory } from '../../history/build.ts';
import {
  balance,
  decrement,
  during,
  flip,
  type Happening,
  historyOf,
  quiescent,
  recipientOf,
  reconciliation,
  recover,
} from '../../history/history.fixture.ts';
import { faultOf, type Life, messagesIn, modeOf, type Moment, type Tenant, TENANTS, type Way } from './life.fixture.ts';
import { momentsOf } from './ways.fixture.ts';

/** The random choices for one life. */
export interface LifeDraw {
  readonly way: Way;
  readonly messages: number;
  /** How long after its earliest possible start it begins. */
  readonly offsetMs: number;
  /** A choice among the tenants with its mode. */
  readonly tenant: number;
}

/** All ways. */
export const WAYS: readonly Way[] = [
  'service',
  'fallback',
  'off',
  'shadow',
  'rejected',
  'unknown',
  'unreachable',
  'again',
  'probe',
];

const QUOTA = 100;

/** The time of the flips that come before any message enters. */
const FLIPPED_MS = 50;

/** The earliest start of lives without a fault, which run at the same time. */
const CALM_FROM_MS = 100;

/** The distance of each life that affects others from all other lives: longer than the aftermath of a fault. */
const APART_MS = 5_000;

/** Draws the choices for a life in one of these ways. */
export function lifeDraws(ways: readonly Way[]): fc.Arbitrary<LifeDraw> {
  return fc.record({
    way: fc.constantFrom(...ways),
    messages: fc.integer({ min: 1, max: 3 }),
    offsetMs: fc.nat(200),
    tenant: fc.nat(1),
  });
}

/**
 * The lives with their campaigns, tenants, times and faults. A round of recovery is an occasion for all messages, so lives with one come
 * late. An OPEN breaker affects all lives, so only the last `probe` finds it OPEN; the others become `service`.
 */
export function livesOf(drawn: readonly LifeDraw[]): Life[] {
  const probe = drawn.findLast(({ way }) => way === 'probe');
  const draws = drawn.map((draw) =>
    draw.way === 'probe' && draw !== probe ? { ...draw, way: 'service' as const } : draw,
  );
  const disturbed = draws.filter(({ way }) => faultOf(way, 0) !== undefined);
  const apart = [
    ...disturbed,
    ...draws.filter(({ way }) => way === 'again'),
    ...draws.filter(({ way }) => way === 'probe'),
  ];
  return draws.map((draw, index) => {
    const { way, messages, offsetMs } = draw;
    const tenants = TENANTS.filter(({ mode }) => mode === modeOf(way));
    const tenant = tenants[draw.tenant % tenants.length] as Tenant;
    const startMs = CALM_FROM_MS + offsetMs + (apart.indexOf(draw) + 1) * APART_MS;
    return { way, campaign: index + 1, messages, tenant, startMs, fault: disturbed.indexOf(draw) };
  });
}

/** How many milliseconds before and after its true time an event may have happened, as its observer reports it. */
export type Noise = readonly [beforeMs: number, afterMs: number];

/** Uncertainty so small that the order of causes and effects stays known. */
export const noises: fc.Arbitrary<Noise[]> = fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 40 });

/** How a history of lives differs from an undisturbed one. */
export interface Composition {
  /** What happens in a life; valid unless given. */
  readonly moments?: (life: Life) => readonly Moment[];
  /** How many units more than expected the account of a tenant has at the end. */
  readonly surplus?: (tenant: Tenant) => number;
  /** The uncertainty of the events' times: one for each event in order, and repeated. */
  readonly noise?: readonly Noise[];
  /** True for a run that ends before quiescence. */
  readonly isCut?: boolean;
}

/** The history of these lives. */
export function composed(lives: readonly Life[], composition: Composition = {}): History {
  const { moments = momentsOf, surplus = () => 0, noise = [[0, 0]], isCut = false } = composition;
  const all = lives.flatMap((life) => moments(life)).toSorted((a, b) => a.ms - b.ms);
  const left = new Map(TENANTS.map(({ key }) => [key, QUOTA]));
  const mismatches: { kind: string; messageUuid: string }[] = [];
  const happenings = all.flatMap(({ ms, what }) => {
    if (what.kind !== 'mismatch') return { ms, what: what.kind === 'charge' ? taken(left, what) : what };
    mismatches.push({ kind: what.mismatch, messageUuid: what.messageUuid });
    return [];
  });
  const endMs = Math.max(0, ...all.map(({ ms }) => ms)) + 10_000;
  const observations = [
    ...TENANTS.map(({ key }) => during(0, 0, balance(QUOTA, key))),
    ...TENANTS.flatMap(({ key, mode, flippedFrom }) =>
      flippedFrom === undefined ? [] : [during(FLIPPED_MS, FLIPPED_MS + 1, flip(mode, key))],
    ),
    ...happenings.map(({ ms, what }, index) => seen(ms, what, noise[index % noise.length] ?? [0, 0])),
  ];
  if (!isCut) {
    observations.push(
      ...TENANTS.flatMap(({ key, flippedTo }) =>
        flippedTo === undefined ? [] : [during(endMs - 200, endMs - 199, flip(flippedTo, key))],
      ),
      during(endMs - 100, endMs - 99, recover()),
      during(endMs, endMs, quiescent),
      during(endMs + 1, endMs + 2, reconciliation(mismatches)),
      ...TENANTS.map((tenant) =>
        during(endMs, endMs, balance((left.get(tenant.key) ?? 0) + surplus(tenant), tenant.key)),
      ),
    );
  }
  return buildHistory(headerOf(lives), observations);
}

function taken(
  left: Map<string, number>,
  { tenant, units, transaction }: Extract<Moment['what'], { kind: 'charge' }>,
): Happening {
  const from = left.get(tenant.key) ?? 0;
  left.set(tenant.key, from - units);
  return decrement({ from, to: from - units, tenantId: tenant.tenantId, transaction });
}

/** A statement begins two milliseconds before its transaction commits. */
function seen(ms: number, what: Happening, [beforeMs, afterMs]: Noise): Observation {
  const observation = during(ms - beforeMs, ms + afterMs, what);
  return observation.kind === 'row' ? { ...observation, statementEarliest: (ms - beforeMs - 2) * 1_000 } : observation;
}

function headerOf(lives: readonly Life[]): Parameters<typeof buildHistory>[0] {
  const scripted = historyOf({}, []);
  const faults = lives
    .toSorted((a, b) => a.fault - b.fault)
    .map(({ way, startMs }) => faultOf(way, startMs))
    .filter((fault) => fault !== undefined);
  return {
    ...scripted,
    scenario: {
      ...scripted.scenario,
      tenants: TENANTS.map(({ key, mode, flippedFrom = mode }) => ({ key, mode: flippedFrom, quota: QUOTA })),
      steps: lives.map(({ campaign, tenant, messages, startMs }) => ({
        kind: 'entry',
        campaign: `c${campaign}`,
        tenant: tenant.key,
        messages,
        atMs: startMs,
      })),
      faults,
    },
    tenants: TENANTS.map(({ key, tenantId, account }) => ({ key, tenantId, account, quota: QUOTA })),
    items: lives.flatMap((life) =>
      messagesIn(life).map(({ item }) => ({
        item,
        campaign: `c${life.campaign}`,
        tenant: life.tenant.key,
        recipient: recipientOf(item),
        body: `message ${item}`,
      })),
    ),
  };
}
