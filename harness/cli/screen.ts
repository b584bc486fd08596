// The output of a command: results go to stdout, progress and notes to stderr, so that a pipe gets only results.
import { WriteStream } from 'node:tty';
import { createLogUpdate } from 'log-update';
import type { RenderOptions } from '../../reports/colors.ts';
import { visible } from '../platform/visible.ts';
import type { OutputFlags } from './flags.ts';

/** A stream of a terminal, a file or a pipe. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** The ways in which a command prints. */
export interface Screen {
  /** The colour and width for the renderers of text. */
  readonly render: RenderOptions;
  /** Prints the result on stdout: as text, or with --json as the document. */
  result(document: unknown, text: () => string): void;
  /** Prints text after the result; nothing with --json. */
  more(text: () => string): void;
  /** Prints a line on stderr that stays, also with --quiet. */
  note(line: string): void;
  /** Shows the progress on stderr; replaces the status before it. */
  status(line: string): void;
  /** Removes the status. */
  clearStatus(): void;
}

/** The streams, variables and flags of a command. */
export interface ScreenOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly flags: OutputFlags;
}

/** The least time between two status lines without a terminal. */
const PLAIN_STATUS_EVERY_MS = 5_000;

/** The screen of one command. */
export function createScreen(options: ScreenOptions): Screen {
  const { stdout, stderr, flags } = options;
  const { status, clearStatus } = flags.quiet ? silentStatus : statusOn(stderr);
  const render = { color: wantsColor(options), ...(stdout.columns !== undefined && { width: stdout.columns }) };
  const print = (text: string): void => {
    clearStatus();
    stdout.write(`${visible(text)}\n`);
  };
  return {
    render,
    result: (document, text) => print(flags.json ? JSON.stringify(document, undefined, 2) : text()),
    more(text) {
      if (!flags.json) print(text());
    },
    note(line) {
      clearStatus();
      stderr.write(`${visible(line)}\n`);
    },
    status,
    clearStatus,
  };
}

/** The flag decides first, then NO_COLOR (https://no-color.org: any value that is not empty), then FORCE_COLOR, then the terminal. */
export function wantsColor({ stdout, environment, flags }: Omit<ScreenOptions, 'stderr'>): boolean {
  const isSet = (variable: string): boolean => (environment[variable] ?? '') !== '';
  if (!flags.color || isSet('NO_COLOR')) return false;
  if (isSet('FORCE_COLOR')) return environment['FORCE_COLOR'] !== '0';
  return stdout.isTTY === true && environment['TERM'] !== 'dumb';
}

type Status = Pick<Screen, 'status' | 'clearStatus'>;

const silentStatus: Status = { status: () => undefined, clearStatus: () => undefined };

function statusOn(stream: OutputStream): Status {
  return stream instanceof WriteStream ? liveStatus(stream) : plainStatus(stream);
}

function liveStatus(stream: WriteStream): Status {
  const update = createLogUpdate(stream);
  let isShown = false;
  return {
    status(line) {
      isShown = true;
      update(visible(line));
    },
    clearStatus() {
      if (!isShown) return;
      isShown = false;
      update.clear();
      // Shows the cursor again, which log-update hides.
      update.done();
    },
  };
}

function plainStatus(stream: OutputStream): Status {
  let printedAtMs = Number.NEGATIVE_INFINITY;
  return {
    status(line) {
      const nowMs = performance.now();
      if (nowMs - printedAtMs < PLAIN_STATUS_EVERY_MS) return;
      printedAtMs = nowMs;
      stream.write(`${visible(line)}\n`);
    },
    clearStatus: () => undefined,
  };
}
