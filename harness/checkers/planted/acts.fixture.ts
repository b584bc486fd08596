// Additional events about the first message of a life, for plantings. Used by tests only.
import type { Role } from '../../../src/contract/message.ts';
import { accept, type Happening, log } from '../../history/history.fixture.ts';
import { firstOf, type Life, type Moment } from './life.fixture.ts';
import { asked, at, tried } from './ways.fixture.ts';

/** A system sends the first message once more. */
export function sentAgain(life: Life, system: Role, ms: number): Moment[] {
  const id = `again-${life.campaign}`;
  const message = firstOf(life);
  return [at(life, ms, tried(life, message, { system, id })), at(life, ms + 1, accept(system, message.item, id))];
}

/** A request for the first message alone. */
export function askedAlone(life: Life, call: string, carried: { dryRun?: boolean; tenantId?: number } = {}): Happening {
  const { dryRun = false, tenantId = life.tenant.tenantId } = carried;
  return asked({ ...life, messages: 1, tenant: { ...life.tenant, tenantId } }, { tap: 'front', dryRun, call });
}

/** A process logs a line about the first message. */
export function line(life: Life, process: Role, text: string): Happening {
  return log(process, `${text}: message_uuid=${firstOf(life).messageUuid}`);
}

const FOREIGN_TABLES = ['campaign_sms', 'sms_logs', 'quota_ledger', 'messaging_breakers'];

/** A table that is not the service's. */
export function foreignTable({ campaign }: Life): string {
  return FOREIGN_TABLES[campaign % FOREIGN_TABLES.length] ?? '';
}

/** The same answer, but with `duplicate` for the first message. */
export function calledDuplicate(what: Moment['what']): Moment['what'] {
  if (what.kind !== 'answer') return what;
  const [first, ...others] = what.results;
  return first === undefined ? what : { ...what, results: [{ ...first, status: 'duplicate' }, ...others] };
}
