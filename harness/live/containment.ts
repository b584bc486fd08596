// Containment: before anything else runs, one canary per system and path must have reached the provider stub of the slot.
import { ContainmentError } from '../formats/errors.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';

/** The paths a message can take to a provider: the legacy app's own, the service's, and the legacy app's as a fallback. */
const PATHS = [
  { item: 'canary-legacy#1', system: 'legacy', path: 'legacy path (OFF)' },
  { item: 'canary-service#1', system: 'service', path: 'service path (ON)' },
  { item: 'canary-fallback#1', system: 'legacy', path: 'fallback path (ON, service refused)' },
] as const;

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

/** A cold process may miss its budget and fall back, which sends a canary down another path than its own: it is sent again. */
const MOST_FLIGHTS = 4;

/**
 * Sends the canaries by `run` until each has arrived at the stub, from the system its path belongs to. Throws a ContainmentError when one
 * never does: its messages may be going anywhere.
 */
export async function proveContainment(run: (scenario: Scenario) => Promise<History>): Promise<void> {
  let missing: readonly (typeof PATHS)[number][] = PATHS;
  let system = '';
  for (let flight = 1; flight <= MOST_FLIGHTS && missing.length > 0; flight += 1) {
    const history = await run(CANARY_SCENARIO);
    system = history.system;
    missing = missing.filter((path) => !hasArrived(history, path));
  }
  if (missing.length === 0) return;
  const paths = missing.map(({ path }) => path).join(', ');
  throw new ContainmentError(`${system}: no canary of this path reached the rig's provider stub: ${paths}`, {
    hint: 'point the provider base URL of both processes at ${providerUrl}; nothing else was run',
  });
}

function hasArrived(history: History, { item, system }: (typeof PATHS)[number]): boolean {
  return history.events.some((event) => event.kind === 'accept' && event.item === item && event.system === system);
}
