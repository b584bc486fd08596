// The decisions at the moment when an event wakes a process: it crashes or pauses before the event, or modes flip, or campaigns are
// redelivered. The state of a process changes only when an event wakes it, so crashes at other moments would show nothing new.
import { holdUpOf } from './equal-fault.ts';
import { EVENTS } from './event-words.ts';
import type { Incarnation } from './incarnation.ts';
import type { Wake } from './engine.ts';
import type { SimProcess } from './processes.ts';
import { LEGACY_WAKE_SITE, SERVICE_WAKE_SITE, TIE_SITE } from './sites.ts';
import { PAUSE_PAST_LEASE_MS, RESTART_AFTER_MS } from './timings.ts';
import { microsOf } from './clock.ts';
import type { World } from './world.ts';

/** What a decision at the wake of the legacy app can make the rig do. */
export interface DecidedActions {
  /** Flips the mode of every tenant. */
  flip(): void;
  /** Triggers again the campaigns that were triggered before. */
  redeliver(): void;
}

/** Installs the engine's hooks, which make a decision at each wake and at each tie, unless no decision can make a difference to the run. */
export function installProcessDecisions(world: World, processes: readonly SimProcess[], actions: DecidedActions): void {
  const { decider, engine } = world;
  if (!decider.isOpen) return;
  const find = (owner: Incarnation): SimProcess | undefined => processes.find((process) => process.isLiving(owner));
  engine.hooks = {
    beforeWake(owner): Wake {
      const site = owner.role === 'service' ? SERVICE_WAKE_SITE : LEGACY_WAKE_SITE;
      const process = decider.isOpenAt(site) ? find(owner) : undefined;
      if (process === undefined) return 'go';
      const choice = decider.decide<string>(site, owner.process);
      switch (choice) {
        case 'crash':
          crash(world, process);
          return 'drop';
        case 'pause':
          pause(world, process);
          return 'park';
        case 'flip':
          actions.flip();
          return 'go';
        case 'redeliver':
          actions.redeliver();
          return 'go';
        default:
          return 'go';
      }
    },
    reversesTie: (first, second) =>
      decider.isOpenAt(TIE_SITE) &&
      decider.decide<string>(TIE_SITE, `${first.process}|${second.process}`) === 'reversed',
  };
}

function crash(world: World, process: SimProcess): void {
  const { role, instance } = process;
  const atMs = Math.floor(world.nowMicros / 1_000);
  world.faultsOfDecisions.push({ kind: 'crash', process: role, atMs, restartAfterMs: RESTART_AFTER_MS });
  process.crash();
  world.recorder.note({ kind: 'crash', process: role, instance, expected: true });
  const restart = (): void => {
    process.start();
    world.recorder.note({ kind: 'restart', process: role, instance });
  };
  world.engine.schedule(microsOf(RESTART_AFTER_MS), restart, EVENTS.restart);
}

function pause(world: World, process: SimProcess): void {
  const forMs = world.settings[process.role].leaseMs + PAUSE_PAST_LEASE_MS;
  world.disturb(holdUpOf(process.role, `paused ${forMs} ms`), forMs);
  process.pause(forMs);
}
