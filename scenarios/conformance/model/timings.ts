// How long the steps of the model take. The sizes of disturbances are those of the simulator, because they define its choices; the model
// works out their effects.
import {
  DELAY_PAST_BUDGET_MS,
  DRIP_TOTAL_MS,
  HOP_MICROS,
  PROVIDER_HOP_MICROS,
  REORDER_MICROS,
  RESTART_AFTER_MS,
  SLOW_PAST_TIMEOUT_MS,
} from '../../../harness/sim/timings.ts';
import { STATEMENT_MICROS } from '../../../harness/sim/store/store-sites.ts';
import { DEFAULT_TIMINGS } from '../../../src/contract/settings.ts';

/** The protocol's own bounds. */
export const { budgetMs, answerByMs, providerTimeoutMs, leaseMs } = DEFAULT_TIMINGS;

/** The one-way delay to the service, to the provider and to the database. */
export const HOP_MS = HOP_MICROS / 1_000;
export const PROVIDER_HOP_MS = PROVIDER_HOP_MICROS / 1_000;
export const DATABASE_HOP_MS = STATEMENT_MICROS / 1_000;

/** The sizes of disturbances. */
export const LATE_REQUEST_MS = budgetMs + DELAY_PAST_BUDGET_MS;
export const REORDER_MS = REORDER_MICROS / 1_000;
export const DRIP_MS = DRIP_TOTAL_MS;
export const SLOW_PROVIDER_MS = providerTimeoutMs + SLOW_PAST_TIMEOUT_MS;
export const RESTART_MS = RESTART_AFTER_MS;

/** The time from the call to the answer, for choices that aim it at the end of the budget. */
export const ARRIVALS_MS: Readonly<Record<string, number>> = {
  delay: budgetMs + DELAY_PAST_BUDGET_MS,
  'just-before-budget': budgetMs - 1,
  'at-budget': budgetMs,
  'just-after-budget': budgetMs + 1,
};
