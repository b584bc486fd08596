// Converts items of a campaign into messages.
import type { Message } from '../contract/message.ts';
import { MODES, type Mode } from '../contract/mode.ts';
import type { RowOf } from '../contract/tables.ts';

/** The message of an item, with this uuid. */
export function messageOf(row: RowOf<'campaign_sms'>, messageUuid: string): Message {
  return { messageUuid, tenantId: row.tenant_id, recipient: row.phone, body: row.body, provider: row.provider };
}

/** The mode pinned to an item; OFF if none is, because the legacy app is the safe sender. */
export function pinnedMode(row: RowOf<'campaign_sms'>): Mode {
  return MODES.find((mode) => mode === row.mode) ?? 'OFF';
}
