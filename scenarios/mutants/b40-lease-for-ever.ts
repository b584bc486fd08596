// B40: the lease of a claim lasts an hour, so no system takes a message over from a holder that died.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { saClaim } from '../../src/authority/procedures/sa-claim.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const LEASE = "sa_claim.lease_ms * interval '1 millisecond'";
const FOR_EVER = "CASE WHEN mutant_took_effect('B40') THEN interval '1 hour' END";

const claim: Procedure<'sa_claim'> = {
  sql: MARKING_FUNCTION + rewriteSql(saClaim.sql, LEASE, FOR_EVER),
  twin(tx, args, server) {
    twinTookEffect(server, 'B40');
    return saClaim.twin(tx, { ...args, leaseMs: 3_600_000 }, server);
  },
};

/** The properties that B40 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B40',
  name: 'lease-for-ever',
  breaks: ['L7', 'L1'],
  lanes: ['sim'],
};

/** The reference with its procedure `sa_claim` replaced. */
export const system: System = sabotage(
  {},
  { name: 'B40-lease-for-ever', module: import.meta.url, procedures: { sa_claim: claim } },
);
