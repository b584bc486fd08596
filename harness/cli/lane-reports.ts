// What is said while a lane is certified: on the screen, and in the file of events.
import type { Replayed } from '../runner/replay-each.ts';
import type { CommandContext } from './command.ts';
import { corpusNotes } from './corpus-notes.ts';
import { findingNotes } from './finding-notes.ts';
import type { CommonFlags } from './flags.ts';
import { progressLine } from './progress-line.ts';
import type { LaneEvents, RunEvents } from './run-events.ts';

/** What is certified, and where it is said. */
export interface LaneReportsRequest {
  readonly lane: 'live' | 'sim';
  /** The name of the system. */
  readonly system: string;
  readonly flags: CommonFlags;
  readonly context: CommandContext;
  readonly events: RunEvents;
}

/** What a lane reports to while it is certified. */
export interface LaneReports extends LaneEvents {
  readonly onCorpus: (replayed: Replayed) => void;
}

/** Notes that the lane begins, and answers with what it reports to. */
export function laneReports(request: LaneReportsRequest): LaneReports {
  const { lane, context, events } = request;
  const written = events.begin(lane);
  const noteFinding = findingNotes(request);
  return {
    onCorpus: corpusNotes(request),
    onCounterexample: written.onCounterexample,
    onFinding(violation, fingerprints) {
      written.onFinding(violation, fingerprints);
      noteFinding(violation, fingerprints);
    },
    onProgress(progress) {
      written.onProgress(progress);
      context.screen.status(progressLine(progress));
    },
  };
}
