// The ids of a run's tenants. An event with another tenant's id is a late event of another run.
import type { History } from '../formats/history.ts';
import { perHistory } from './per-history.ts';

const tenantIds = perHistory(({ tenants }) => new Set(tenants.map(({ tenantId }) => tenantId)));

/** Whether the run has a tenant with this id. */
export function isTenantOf(history: History, tenantId: number): boolean {
  return tenantIds(history).has(tenantId);
}
