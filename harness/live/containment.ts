// Containment: before anything else runs, one canary for each path of a message must have reached the provider stub of the slot.
import assert from 'node:assert/strict';
import { canaryDetails } from './canary-details.ts';
import { FIXED_HOST_HINT } from './egress/refused.ts';
import type { ForeignWatch } from './foreign-sockets.ts';
import { ContainmentError } from '../platform/errors.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** The paths of a message to a provider: sent by the legacy app, by the service, and by the legacy app as a fallback. */
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

/** How many flights may lose a canary. A canary that the stub never saw may have reached a real provider, so the rig risks only a few. */
const LOST_MAX = 5;

/** The greatest number of flights. On a busy machine a cold process may miss its budget and fall back: its canary takes the wrong path. */
const FLIGHTS_MAX = 16;

/** How the canaries are sent and watched. One flight is one run of the scenario, with a canary for each path. */
export interface Flights {
  /** Sends one canary down each path and returns what was observed. */
  run(scenario: Scenario): Promise<History>;
  /** Waits before the canaries are sent again, until a machine that has just started everything is idle; longer before the last flight. */
  settle(isLast: boolean): Promise<void>;
  /** Whether the stub's address is the only provider address that the processes know. */
  readonly hasOneProvider: boolean;
  /** Starts to watch the processes for connections to other machines. */
  watch(): ForeignWatch;
  /** The last lines of the files that the processes log into. */
  loggedInFiles(): string[];
  onProgress?(line: string): void;
}

/** Whether each system is given the stub's address once, and otherwise only addresses of the rig. */
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

/** What is known after the last flight. */
interface Search {
  readonly system: string;
  /** The paths whose canary never reached the stub. */
  readonly missing: readonly Path[];
  readonly flights: number;
  /** The foreign addresses that were seen while canaries were missing; undefined if the sockets could not be watched. */
  readonly foreign: readonly string[] | undefined;
  /** The history of the last flight. */
  readonly last: History;
}

/**
 * Sends the canaries until each has reached the stub from the system of its path. Throws a ContainmentError if one never does: messages of
 * that path may reach a real provider. A system that does not fall back has no canary on the fallback path: if nothing can have left this
 * machine, that is accepted here and left to the properties.
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
    `${found.system}: ${found.flights} canaries in ${seconds} s, and none of them reached the rig's provider stub by the ${paths}; ${seen}`,
    {
      hint: `on a loaded machine use fewer slots; otherwise check that \${providerUrl} is the provider base URL of both processes; ${FIXED_HOST_HINT}; nothing else was run`,
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
  // One flight more than `LOST_MAX`, after a longer pause: on a loaded machine all canaries before it may only have been late.
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

/** The foreign addresses of all flights so far; undefined if the sockets could not be watched in any of them. */
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

/** Whether the stub accepted a canary: from `system` if it is given, otherwise from either system. */
function hasArrived(history: History, item: string, system?: Path['system']): boolean {
  return history.events.some(
    (event) => event.kind === 'accept' && event.item === item && (system ?? event.system) === event.system,
  );
}
