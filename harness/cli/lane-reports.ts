// Reports the progress of a lane's certification: on the screen, and in the file of events.
import type { Replayed } from '../runner/replay-each.ts';
import type { CommandContext } from './command.ts';
import { corpusNotes } from './corpus-notes.ts';
import { findingNotes } from './finding-notes.ts';
import type { CommonFlags } from './flags.ts';
import { progressLine } from './progress-line.ts';
import type { LaneEvents, RunEvents } from './run-events.ts';

/** What is certified, and where its progress is reported. */
export interface LaneReportsRequest {
  readonly lane: 'live' | 'sim';
  /** The name of the system. */
  readonly system: string;
  readonly flags: CommonFlags;
  readonly context: CommandContext;
  readonly events: RunEvents;
}

/** The callbacks of a lane's certification. */
export interface LaneReports extends LaneEvents {
  readonly onCorpus: (replayed: Replayed) => void;
}

/** Writes the event that the lane begins, and returns the callbacks of its certification. */
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
