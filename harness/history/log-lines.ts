// Log lines that mean something to the rig: the two that the runbook demands as evidence, what they name, and the marker of mutants.
import type { Role } from '../../src/contract/message.ts';
import type { EventOf } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';

/** The line a service leaves for every message it only rehearses. */
export const DRY_RUN_LINE = 'DRY_RUN_NO_PROVIDER_CALL';

/** The line the legacy app leaves for every message it sends in place of the service. */
export const FALLBACK_LINE = 'LEGACY_SEND_FALLBACK_ON_MODE';

/** How the lines begin that the sabotaged code of a mutant leaves where it does otherwise: they are for the tests of the rig alone. */
export const MUTANT_MARKER = 'MUTANT_TOOK_EFFECT';

/** The lines of one process that contain this text. */
export function linesWith(history: History, sought: { process: Role; text: string }): EventOf<'log'>[] {
  return eventsOf(history, 'log').filter(
    (event) => event.process === sought.process && event.line.includes(sought.text),
  );
}

/** The whole numbers that are words of their own in a line: 12 in `tenant_id=12`, none in `a123`. */
export function numbersIn(line: string): number[] {
  return [...line.matchAll(/(?<![0-9A-Za-z-])(?:0|-?[1-9][0-9]*)(?![0-9A-Za-z-])/g)].map(([number]) => Number(number));
}
