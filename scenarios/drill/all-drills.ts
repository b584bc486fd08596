// Systems with bugs that strike only at certain moments: after a fault has ended, once per process or module, or around a commit. None may
// pass.
import type { PropertyId } from '../../harness/formats/finding.ts';
import type { System } from '../../src/contract/system.ts';

/** When the bug of a drill strikes. */
export type Moment = 'after a fault has ended' | 'once per process or module' | 'around a commit';

/** One system with a planted bug. */
export interface Drill {
  readonly name: string;
  readonly moment: Moment;
  /** The properties of which at least one must be violated. */
  readonly breaks: readonly PropertyId[];
  /** Loads the system with the state of a module that was just loaded. */
  load(): Promise<System>;
}

/** All drills. */
export const DRILLS: readonly Drill[] = [
  ...drills('after a fault has ended', [
    ['gives-up-after-a-doubt', ['L2'], () => import('./gives-up-after-a-doubt.ts')],
    ['charges-twice-after-a-fallback', ['S9', 'S10'], () => import('./charges-twice-after-a-fallback.ts')],
    ['distrusts-after-a-timeout', ['S1', 'S2'], () => import('./distrusts-after-a-timeout.ts')],
    ['sends-doubts-again', ['S1'], () => import('./sends-doubts-again.ts')],
    ['rehearses-live-after-a-failure', ['S1', 'S4'], () => import('./rehearses-live-after-a-failure.ts')],
  ]),
  ...drills('once per process or module', [
    ['first-send-of-a-process-twice', ['S1'], () => import('./first-send-of-a-process-twice.ts')],
    ['fourth-charge-of-a-process-twice', ['S9', 'S10'], () => import('./fourth-charge-of-a-process-twice.ts')],
    ['third-request-of-a-process-renamed', ['S6', 'S1'], () => import('./third-request-of-a-process-renamed.ts')],
    ['once-in-the-life-of-a-module', ['S9', 'S10'], onceInTheLifeOfAModule],
  ]),
  ...drills('around a commit', [
    ['sends-before-the-commit', ['S1', 'S20'], () => import('./sends-before-the-commit.ts')],
    ['charges-after-the-commit', ['S9', 'S10'], () => import('./charges-after-the-commit.ts')],
    ['asks-while-the-entry-is-open', ['S6'], () => import('./asks-while-the-entry-is-open.ts')],
  ]),
];

async function onceInTheLifeOfAModule(): Promise<{ system: System }> {
  const { justLoaded } = await import('./once-in-the-life-of-a-module.ts');
  return { system: justLoaded() };
}

type Row = readonly [name: string, breaks: readonly PropertyId[], load: () => Promise<{ system: System }>];

function drills(moment: Moment, rows: readonly Row[]): Drill[] {
  return rows.map(([name, breaks, load]) => ({ name, moment, breaks, load: async () => (await load()).system }));
}
