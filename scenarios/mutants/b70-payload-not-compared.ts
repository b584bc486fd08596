// B70: a claim compares the uuid alone: another payload under the same uuid is treated as the payload that was sent.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { saClaim } from '../../src/authority/procedures/sa-claim.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const COMPARED = 'found_row.payload_digest <> sa_claim.payload_digest';

const claim: Procedure<'sa_claim'> = {
  sql: MARKING_FUNCTION + rewriteSql(saClaim.sql, COMPARED, `${COMPARED} AND NOT mutant_took_effect('B70')`),
  async twin(tx, args, server) {
    const [row] = await tx.select('send_authority', { message_uuid: args.messageUuid });
    if (row === undefined || row.payload_digest === args.payloadDigest) return saClaim.twin(tx, args, server);
    twinTookEffect(server, 'B70');
    return saClaim.twin(tx, { ...args, payloadDigest: row.payload_digest }, server);
  },
};

/** The properties that B70 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B70',
  name: 'payload-not-compared',
  breaks: ['S18'],
  lanes: ['sim', 'live'],
};

/** The reference with its procedure `sa_claim` replaced. */
export const system: System = sabotage(
  {},
  { name: 'B70-payload-not-compared', module: import.meta.url, procedures: { sa_claim: claim } },
);
