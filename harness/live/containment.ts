// Containment: before anything else runs, one canary per system and path must have reached the provider stub of the slot.
import assert from 'node:assert/strict';
import { canaryDetails } from './canary-details.ts';
import { FIXED_HOST_HINT } from './egress/refused.ts';
import type { ForeignWatch } from './foreign-sockets.ts';
import { ContainmentError } from '../platform/errors.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** The paths a message can take to a provider: the legacy app's own, the service's, and the legacy app's as a fallback. */
const PATHS = [
  { campaign: 'canary-legacy', item: 'canary-legacy#1', system: 'legacy', path: 'legacy path (OFF)' },
  { campaign: 'canary-service', item: 'canary-service#1', system: 'service', path: 'service path (ON)' },
  {
    campaign: 'canary-fallback',
    item: 'canary-fallback#1',
    system: 'legacy',
    path: 'fallback path (ON, service refused)',
  },
] as const;

type Path = (typeof PATHS)[number];

/** The scenario that sends one canary down each path. */
const CANARY_SCENARIO: Scenario = {
  format: 'onesend.scenario/1',
  name: 'canaries',
  seed: 0,
  tenants: [
    { key: 'quiet', mode: 'OFF', quota: 10 },
    { key: 'live', mode: 'ON', quota: 10 },
  ],
  steps: [
    { kind: 'entry', campaign: 'canary-legacy', tenant: 'quiet', messages: 1, atMs: 0 },
    { kind: 'entry', campaign: 'canary-service', tenant: 'live', messages: 1, atMs: 0 },
    { kind: 'entry', campaign: 'canary-fallback', tenant: 'live', messages: 1, atMs: 900 },
  ],
  faults: [{ kind: 'refuse', fromMs: 800, untilMs: 1_700 }],
};

/** A canary that the stub has not seen at all may be anywhere: few are risked. */
const LOST_MAX = 5;

/** A cold process on a busy machine may miss its budget and fall back: then the canary is at the stub, by another path than its own. */
const FLIGHTS_MAX = 16;

/** How the canaries are sent. */
export interface Flights {
  /** Sends one down each path and tells what was seen. */
  run(scenario: Scenario): Promise<History>;
  /**
   * Gives a machine that has just started everything the time to become idle, before the canaries are sent again; more of it the last time.
   */
  settle(isLast: boolean): Promise<void>;
  /** Whether both processes know no address of a provider but the stub's. */
  readonly hasOneProvider: boolean;
  /** Looks at what the processes speak to beside this machine. */
  watch(): ForeignWatch;
  /** What the files hold that the processes log into. */
  loggedInFiles(): string[];
  onProgress?(line: string): void;
}

/** Whether each system gets one address of a provider, the stub's, and no other address at all but those of the rig. */
export function hasOneProvider({ processes }: Pick<SystemDescription, 'processes'>): boolean {
  return Object.values(processes).every(({ also, prepare, ...main }) => {
    const commands = [main, ...also, ...prepare].map(({ environment, arguments: given }) => [
      ...Object.values(environment),
      ...given,
    ]);
    const stubs = commands.map((texts) => texts.filter((text) => text.includes('${providerUrl}')).length);
    return Math.max(...stubs) === 1 && !commands.flat().some((text) => text.includes('://'));
  });
}

/** What is known when the canaries have been sent often enough. */
interface Search {
  readonly system: string;
  readonly missing: readonly Path[];
  readonly flights: number;
  /** The foreign addresses that were seen while canaries were missing; undefined where no watch was possible. */
  readonly foreign: readonly string[] | undefined;
  /** The history of the last flight. */
  readonly last: History;
}

/**
 * Sends the canaries until each has arrived at the stub, from the system its path belongs to. Throws a ContainmentError when one never
 * does: its messages may be going anywhere. A system that does not fall back has no canary on that path: where nothing can have left, that is
 * for the properties to judge.
 */
export async function proveContainment(flights: Flights): Promise<void> {
  const began = performance.now();
  const found = await search(flights);
  if (found.missing.length === 0) return;
  if (flights.hasOneProvider && isOnlyFallback(found) && found.foreign?.length === 0) {
    flights.onProgress?.(`${found.system}: no fallback was seen, and no connection that left this machine`);
    return;
  }
  const seconds = Math.round((performance.now() - began) / 1_000);
  const paths = found.missing.map(({ path }) => path).join(', ');
  const arrived = PATHS.filter((path) => !found.missing.includes(path)).map(({ path }) => path);
  const seen = [
    arrived.length === 0 ? 'nothing arrived' : `what arrived: ${arrived.join(', ')}`,
    ...(found.foreign === undefined || found.foreign.length === 0 ? [] : [`connected to ${found.foreign.join(', ')}`]),
  ].join('; ');
  throw new ContainmentError(
    `${found.system}: ${found.flights} canaries in ${seconds} s, and none of this path reached the rig's provider stub: ${paths}; ${seen}`,
    {
      hint: `on a machine that is loaded use fewer slots; else see that \${providerUrl} is the provider base URL of both processes; ${FIXED_HOST_HINT}; nothing else was run`,
      details: [
        ...canaryDetails(
          found.last,
          found.missing.map(({ campaign }) => campaign),
        ),
        ...flights.loggedInFiles(),
      ],
    },
  );
}

async function search(flights: Flights): Promise<Search> {
  let missing: readonly Path[] = PATHS;
  let last: History | undefined;
  let flight = 0;
  let lost = 0;
  let foreign: readonly string[] | undefined;
  // One more than are risked: on a loaded machine all of them may be late.
  while (missing.length > 0 && flight < FLIGHTS_MAX && lost <= LOST_MAX) {
    if (flight > 0) await flights.settle(lost === LOST_MAX);
    const watch = lost > 0 ? flights.watch() : undefined;
    const history = await flights.run(CANARY_SCENARIO);
    if (watch !== undefined) foreign = bothSeen(foreign, watch.stop(), lost === 1);
    last = history;
    flight += 1;
    missing = missing.filter((path) => !hasArrived(history, path.item, path.system));
    if (missing.some(({ item }) => !hasArrived(history, item))) lost += 1;
  }
  assert(last !== undefined, 'no canary was sent');
  return { system: last.system, missing, flights: flight, foreign, last };
}

/** What was seen in all flights; undefined once no watch was possible. */
function bothSeen(
  before: readonly string[] | undefined,
  now: readonly string[] | undefined,
  isFirst: boolean,
): readonly string[] | undefined {
  if (now === undefined || (before === undefined && !isFirst)) return undefined;
  return [...new Set([...(before ?? []), ...now])];
}

function isOnlyFallback({ missing }: Search): boolean {
  return missing.length === 1 && missing[0]?.item === 'canary-fallback#1';
}

/** Whether the stub accepted a canary, from this system or from any. */
function hasArrived(history: History, item: string, system?: Path['system']): boolean {
  return history.events.some(
    (event) => event.kind === 'accept' && event.item === item && (system ?? event.system) === event.system,
  );
}
