// M28: the lease still counts while its holder is SENDING: when it ends, another attempt takes the message over.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { saClaim } from '../../src/authority/procedures/sa-claim.ts';
import { olderThan } from '../../src/contract/store.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const RELEASE = `BEGIN
  UPDATE send_authority AS authority SET state = 'CLAIMED'
  WHERE authority.message_uuid = sa_claim.message_uuid AND authority.state = 'SENDING'
    AND authority.lease_until < clock_timestamp() AND mutant_took_effect('M28');`;

const claim: Procedure<'sa_claim'> = {
  sql: MARKING_FUNCTION + rewriteSql(saClaim.sql, 'BEGIN', RELEASE),
  async twin(tx, args, server) {
    const lapsed = { message_uuid: args.messageUuid, state: 'SENDING', lease_until: olderThan(0) } as const;
    const released = await tx.update('send_authority', lapsed, { state: 'CLAIMED' });
    if (released.length > 0) twinTookEffect(server, 'M28');
    return saClaim.twin(tx, args, server);
  },
};

/** The properties that M28 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M28',
  name: 'claim-plain-lease',
  breaks: ['S1', 'S2'],
  lanes: ['sim'],
};

/** The reference with its procedure `sa_claim` replaced. */
export const system: System = sabotage(
  {},
  { name: 'M28-claim-plain-lease', module: import.meta.url, procedures: { sa_claim: claim } },
);
