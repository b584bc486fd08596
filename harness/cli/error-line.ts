// The text that is printed when a command could not do its work, and its exit code.
import { CommanderError } from 'commander';
import { type ErrorCode, InfrastructureError, OnesendError, UsageError } from '../platform/errors.ts';
import { machineErrorOf, shortageIn } from '../platform/machine-errors.ts';
import { messageOf } from '../platform/thrown.ts';
import { visible } from '../platform/visible.ts';
import { EXIT_CODES } from '../formats/decision.ts';

/** The end of a command that threw. */
export interface Failure {
  /** For stderr; empty for help and version, which are already printed. */
  readonly text: string;
  readonly exitCode: number;
}

const exitCodes: Readonly<Record<ErrorCode, number>> = {
  ONESEND_USAGE: EXIT_CODES.usage,
  ONESEND_BAD_DOCUMENT: EXIT_CODES.usage,
  ONESEND_BAD_SYSTEM: EXIT_CODES.usage,
  ONESEND_INFRASTRUCTURE: EXIT_CODES.infrastructure,
  ONESEND_CONTAINMENT: EXIT_CODES.infrastructure,
  ONESEND_INTERRUPTED: EXIT_CODES.interrupted,
};

/**
 * Operating errors and errors of the machine become one line, `ONESEND_X: message (hint)`, with their details indented below it. Any other
 * error is a mistake of the rig itself: its stack is printed, and the exit code says that this run must not be trusted.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return commanderFailure(error);
  if (error instanceof OnesendError) return { text: errorText(error), exitCode: exitCodes[error.code] };
  const ofMachine = machineErrorOf(error);
  if (ofMachine !== undefined)
    return failureOf(new InfrastructureError(messageOf(error), { ...ofMachine, cause: error }));
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const text = `Onesend made a mistake; do not trust this run.\n${stack}`;
  return { text, exitCode: EXIT_CODES['self-check'] };
}

function errorText(error: OnesendError): string {
  return [errorLine(error), ...error.details.map((detail) => `  ${visible(detail.replace(CONTROLS, ' '))}`)].join('\n');
}

/** Details quote output of the systems, which can hold control characters. */
const CONTROLS = /\p{Cc}/gu;

/** The one line of an operating error. If a shortage of the machine caused it, the hint is about the shortage. */
function errorLine(error: OnesendError): string {
  const { code, message } = error;
  const shortage = error instanceof InfrastructureError ? shortageIn(error) : undefined;
  const hint = shortage?.hint ?? error.hint;
  const line = `${code}: ${message}${hint === undefined ? '' : ` (${hint.replace(/\.$/, '')})`}`;
  return line.replace(/\s*\n\s*/g, ' ');
}

/** Commander also throws for help and version, which are no failures; its errors are usage errors. */
function commanderFailure(error: CommanderError): Failure {
  if (error.exitCode === 0) return { text: '', exitCode: EXIT_CODES.pass };
  if (error.code === 'commander.help') return { text: '', exitCode: EXIT_CODES.usage };
  return failureOf(new UsageError(error.message.replace(/^error: /, '')));
}
