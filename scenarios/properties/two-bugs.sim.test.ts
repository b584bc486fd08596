// Two bugs in one system: the one that shows in every run must not hide the one that needs a fault.
import { beforeAll, expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { SIM_DEMANDS } from '../../harness/evidence/decide.ts';
import { brokenBy } from '../../harness/evidence/fingerprint.ts';
import { certify } from '../../harness/runner/certify.ts';
import type { LaneCertification } from '../../harness/runner/result-of.ts';
import { explorationSpace, withoutReceipts } from '../../harness/sim/explore/exploration.ts';
import { inlinePool } from '../../harness/sim/explore/inline-pool.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { system as unfenced } from '../mutants/m01-fallback-without-fence.ts';
import { sabotage } from '../mutants/sabotage.ts';

/** The legacy app logs each message of SHADOW as sent by the service, with no fault at all, and a fallback asks for no authority. */
const twoBugs: System = sabotage(
  {
    legacySend: unfenced.parts.legacySend,
    writeLog: (context, tx, line) =>
      referenceParts.writeLog(context, tx, line.mode === 'SHADOW' ? { ...line, source: 'go' } : line),
  },
  { name: 'two-bugs', module: import.meta.url },
);

const depths = [
  { messages: 1, deviations: 0 },
  { messages: 1, deviations: 1 },
];
const oracle = withoutReceipts(checkersOracle);

async function certified(stopsAtFirst: boolean): Promise<LaneCertification> {
  const pool = inlinePool(await openSimLane(twoBugs), oracle);
  return certify({
    space: explorationSpace({ seed: 1, depths, swarm: 0 }),
    runner: pool,
    executor: pool.asExecutor(),
    oracle,
    demands: SIM_DEMANDS,
    system: 'two-bugs',
    stopsAtFirst,
  });
}

let whole: LaneCertification;
beforeAll(async () => {
  whole = await certified(false);
});
