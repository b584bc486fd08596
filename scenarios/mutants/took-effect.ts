// The marker: a line in the log of the very run in which a sabotaged part behaved otherwise than the original. Without it a kill proves nothing.
import { markerOf } from '../../harness/runner/mutant.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { ProcedureServer } from '../../src/contract/system.ts';

/** Call it in the sabotaged branch, where what follows differs from what the original would do. */
export function tookEffect({ env }: Pick<Context, 'env'>, id: string): void {
  env.log(markerOf(id));
}

/** The same for the twin of a procedure. */
export function twinTookEffect(server: Pick<ProcedureServer, 'notice'>, id: string): void {
  server.notice(markerOf(id));
}

/**
 * The same for the SQL of a procedure: put it before the procedure, and `mutant_took_effect('M01')` into the condition that differs. It is
 * true, and raises a notice that the process logs.
 */
export const MARKING_FUNCTION: string = `
CREATE FUNCTION mutant_took_effect(id text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE NOTICE '${markerOf('%')}', id;
  RETURN true;
END $$;
`;
