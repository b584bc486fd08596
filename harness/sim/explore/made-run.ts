// A simulated run as it is told after it was made, here or on another thread.
import type { Scenario } from '../../formats/scenario.ts';
import type { Deviation } from '../decide.ts';
import type { SimLane } from '../lane.ts';
import type { SimRun, SimRunOptions } from '../run.ts';

/** A run by what it is made of. */
export interface RunRecipe extends Pick<SimRunOptions, 'skewMicros'> {
  readonly scenario: Scenario;
  readonly deviations: readonly Deviation[];
}

/** What is told of a run. Its deviations are those that it reached. */
export type MadeRun = Pick<SimRun, 'scenario' | 'deviations' | 'anomalies' | 'history' | 'token' | 'hash'>;

/** Makes one run. One that never comes back ends as a run with the anomaly of a livelock, if somebody watches over it. */
export type MakeRun = (recipe: RunRecipe) => Promise<MadeRun>;

/** The same as plain data, so that it can cross threads. */
export interface RunData extends Pick<MadeRun, 'scenario' | 'deviations' | 'anomalies' | 'history'> {
  readonly token: string;
  readonly hash: string;
}

/** Tells a run as data. */
export function dataOf(run: MadeRun): RunData {
  const { scenario, deviations, anomalies, history } = run;
  return { scenario, deviations, anomalies, history, token: run.token(), hash: run.hash() };
}

/** The run that the data tell of. */
export function runOf(data: RunData): MadeRun {
  return { ...data, token: () => data.token, hash: () => data.hash };
}

/** Makes runs on a lane of this thread, with nobody to watch over them. */
export function makeOn(lane: SimLane): MakeRun {
  return ({ scenario, ...options }) => lane.simulate(scenario, options);
}
