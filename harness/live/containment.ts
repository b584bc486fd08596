// Containment: before anything else runs, one canary per system and path must have reached the provider stub of the slot.
import { ContainmentError } from '../platform/errors.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';

/** The paths a message can take to a provider: the legacy app's own, the service's, and the legacy app's as a fallback. */
const PATHS = [
  { item: 'canary-legacy#1', system: 'legacy', path: 'legacy path (OFF)' },
  { item: 'canary-service#1', system: 'service', path: 'service path (ON)' },
  { item: 'canary-fallback#1', system: 'legacy', path: 'fallback path (ON, service refused)' },
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
  /** Gives a machine that has just started everything the time to come to rest, before they are sent again. */
  settle(): Promise<void>;
}

/**
 * Sends the canaries until each has arrived at the stub, from the system its path belongs to. Throws a ContainmentError when one never
 * does: its messages may be going anywhere.
 */
export async function proveContainment({ run, settle }: Flights): Promise<void> {
  let missing: readonly Path[] = PATHS;
  let system = '';
  let flight = 0;
  let lost = 0;
  while (missing.length > 0 && flight < FLIGHTS_MAX && lost < LOST_MAX) {
    if (flight > 0) await settle();
    const history = await run(CANARY_SCENARIO);
    system = history.system;
    flight += 1;
    missing = missing.filter((path) => !hasArrived(history, path.item, path.system));
    if (missing.some(({ item }) => !hasArrived(history, item))) lost += 1;
  }
  if (missing.length === 0) return;
  const paths = missing.map(({ path }) => path).join(', ');
  throw new ContainmentError(`${system}: no canary of this path reached the rig's provider stub: ${paths}`, {
    hint: 'point the provider base URL of both processes at ${providerUrl}; nothing else was run',
  });
}

/** Whether the stub accepted a canary, from this system or from any. */
function hasArrived(history: History, item: string, system?: Path['system']): boolean {
  return history.events.some(
    (event) => event.kind === 'accept' && event.item === item && (system ?? event.system) === event.system,
  );
}
