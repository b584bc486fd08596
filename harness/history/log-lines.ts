// The log lines that the rig reads: the two that the runbook demands as evidence, the numbers in them, and the marker of mutants.
import type { Role } from '../../src/contract/message.ts';
import type { EventOf } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';

/** The line that a service logs for every message that it only rehearses. */
export const DRY_RUN_LINE = 'DRY_RUN_NO_PROVIDER_CALL';

/** The line that the legacy app logs for every message that it sends instead of the service. */
export const FALLBACK_LINE = 'LEGACY_SEND_FALLBACK_ON_MODE';

/** The start of the line that a mutant logs when its sabotaged code behaves differently. Only tests of the rig read such lines. */
export const MUTANT_MARKER = 'MUTANT_TOOK_EFFECT';

/** The lines of one process that contain this text. */
export function linesWith(history: History, sought: { process: Role; text: string }): EventOf<'log'>[] {
  return eventsOf(history, 'log').filter(
    (event) => event.process === sought.process && event.line.includes(sought.text),
  );
}

/** The integers in a line that are not part of a word: 12 in `tenant_id=12`, none in `a123`. */
export function numbersIn(line: string): number[] {
  return [...line.matchAll(/(?<![0-9A-Za-z-])(?:0|-?[1-9][0-9]*)(?![0-9A-Za-z-])/g)].map(([number]) => Number(number));
}
