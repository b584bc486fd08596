// The tenants of a run, by their ids. What concerns others is a late remain of another run.
import type { History } from '../formats/history.ts';
import { perHistory } from './per-history.ts';

const tenantIds = perHistory(({ tenants }) => new Set(tenants.map(({ tenantId }) => tenantId)));

/** Whether the run has a tenant of this id. */
export function isTenantOf(history: History, tenantId: number): boolean {
  return tenantIds(history).has(tenantId);
}
