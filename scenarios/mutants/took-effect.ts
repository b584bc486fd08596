// The marker: a line that a sabotaged part logs when it behaves differently from the original. A kill in a run without the marker proves
// nothing.
import { markerOf } from '../../harness/runner/mutant.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { ProcedureServer } from '../../src/contract/system.ts';

/** Logs the marker. Call it in the sabotaged branch, where the behaviour differs from the original's. */
export function tookEffect({ env }: Pick<Context, 'env'>, id: string): void {
  env.log(markerOf(id));
}

/** Logs the marker from the twin of a procedure. */
export function twinTookEffect(server: Pick<ProcedureServer, 'notice'>, id: string): void {
  server.notice(markerOf(id));
}

/**
 * Defines `mutant_took_effect(id)`, which returns true and raises the marker as a notice, which the process logs. Put it before the SQL of
 * a procedure, and a call of the function into the condition that differs.
 */
export const MARKING_FUNCTION: string = `
CREATE FUNCTION mutant_took_effect(id text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE NOTICE '${markerOf('%')}', id;
  RETURN true;
END $$;
`;
