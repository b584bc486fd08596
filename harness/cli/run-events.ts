// Writes the events of a certification to a file as they happen, one per line: readers of the file see the progress, and a crash leaves the
// events before it. Lines are appended synchronously, so that none is lost and they stay in order.
import { appendFileSync } from 'node:fs';
import type { Violation } from '../execution/search-space.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { brokenBy } from '../formats/finding.ts';
import { runEventDocument, type RunEventFields } from '../formats/run-event.ts';
import type { Progress } from '../runner/search.ts';
import { unwritable } from './output-folder.ts';

/** The name of the file in the output folder. */
export const EVENTS_FILE = 'events.ndjson';

/** The callbacks of a lane's certification that write events. */
export interface LaneEvents {
  readonly onProgress: (progress: Progress) => void;
  readonly onFinding: (violation: Violation, fingerprints: readonly string[]) => void;
  readonly onCounterexample: (counterexample: Counterexample) => void;
}

/** The least time between two progress events. */
const PROGRESS_EVERY_MS = 5_000;

/** The events of one certification. */
export class RunEvents {
  readonly #path: string;
  readonly #now: () => number;
  readonly #startedMs: number;
  #progressedMs = Number.NEGATIVE_INFINITY;
  #failure: { readonly cause: unknown } | undefined;

  /** `now` is a clock in milliseconds that only goes forward. */
  constructor(path: string, now: () => number = () => performance.now()) {
    this.#path = path;
    this.#now = now;
    this.#startedMs = now();
  }

  /** Appends an event. If the file cannot be written, the run goes on, no further event is written, and `path` throws. */
  append(event: RunEventFields): void {
    if (this.#failure !== undefined) return;
    const atMs = Math.round(this.#now() - this.#startedMs);
    try {
      appendFileSync(this.#path, `${JSON.stringify({ format: runEventDocument.format, atMs, ...event })}\n`);
    } catch (cause) {
      this.#failure = { cause };
    }
  }

  /** Writes the event that a lane begins, and returns the callbacks for its other events. */
  begin(lane: Progress['lane']): LaneEvents {
    this.append({ kind: 'lane', lane });
    return {
      onProgress: (progress) => this.#progress(progress),
      onFinding: ({ case: { scenario } }, fingerprints) => {
        for (const fingerprint of fingerprints)
          this.append({ kind: 'finding', lane, property: brokenBy(fingerprint), scenario: scenario.name, fingerprint });
      },
      onCounterexample: ({ id, fingerprint, findings }) => {
        const properties = [...new Set(findings.map(({ property }) => property))];
        this.append({ kind: 'counterexample', lane, id, fingerprint, properties });
      },
    };
  }

  /** The path of the file. Throws an InfrastructureError when an event could not be written. */
  path(): string {
    if (this.#failure !== undefined) throw unwritable(this.#path, this.#failure.cause);
    return this.#path;
  }

  #progress(reported: Progress): void {
    const nowMs = this.#now();
    if (nowMs - this.#progressedMs < PROGRESS_EVERY_MS) return;
    this.#progressedMs = nowMs;
    const { elapsedMs: _, ...progress } = reported;
    this.append({ kind: 'progress', ...progress });
  }
}
