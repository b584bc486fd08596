// A crew of one, in this thread: for systems that only this process has, and for tests.
import type { SimLane } from '../lane.ts';
import type { Oracle } from '../../evidence/oracle.ts';
import { type Crew, shareUnits } from './worker-pool.ts';
import { makeOn } from './made-run.ts';
import { runUnit } from './task-runner.ts';

/** Opens the crew. It has no watchdog: a run that never comes back holds its thread for ever. */
export function localCrew(lane: SimLane, oracle: Oracle): Crew {
  let isStopped = false;
  return {
    size: 1,
    run: (units, onOutcome) =>
      shareUnits([(unit) => runUnit(unit, { lane, oracle, beforeRun: () => !isStopped })], units, onOutcome),
    make: makeOn(lane),
    stop() {
      isStopped = true;
    },
    close: () => lane.close(),
  };
}
