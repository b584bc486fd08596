// The checkers of the rig, in the order of the reports.
import type { Checker } from '../formats/finding.ts';
import { admission } from './admission.ts';
import { atMostOnce } from './at-most-once.ts';
import { batchBijection } from './batch-bijection.ts';
import { breakerCloses } from './breaker-closes.ts';
import { breaker } from './breaker.ts';
import { budget } from './budget.ts';
import { claimsEnd } from './claims-end.ts';
import { conservation } from './conservation.ts';
import { convergence } from './convergence.ts';
import { durableBeforeEffect } from './durable-before-effect.ts';
import { dryRunPurity } from './dry-run-purity.ts';
import { fallbackWorks } from './fallback-works.ts';
import { fenced } from './fenced.ts';
import { noFaultNoDoubt, terminal } from './liveness.ts';
import { flipsConverge } from './flips-converge.ts';
import { logEvidence } from './log-evidence.ts';
import { logTruth } from './log-truth.ts';
import { modeConformance } from './mode-conformance.ts';
import { noLazyUnknown } from './no-lazy-unknown.ts';
import { payloadBound } from './payload-bound.ts';
import { modePinning } from './mode-pinning.ts';
import { quotaOnce } from './quota-once.ts';
import { reconciliationIsTrue } from './reconciliation-is-true.ts';
import { shadowTransparency } from './shadow-transparency.ts';
import { singleAuthority } from './single-authority.ts';
import { tenantIsolation } from './tenant-isolation.ts';
import { truthfulDuplicate } from './truthful-duplicate.ts';
import { truthfulTerminal } from './truthful-terminal.ts';
import { truthfulUser } from './truthful-user.ts';
import { uuidOnce } from './uuid-once.ts';
import { writers } from './writers.ts';

/** One checker for each property. */
export const CHECKERS: readonly Checker[] = [
  atMostOnce,
  singleAuthority,
  fenced,
  modeConformance,
  dryRunPurity,
  uuidOnce,
  writers,
  logTruth,
  quotaOnce,
  conservation,
  truthfulDuplicate,
  truthfulTerminal,
  shadowTransparency,
  budget,
  breaker,
  modePinning,
  reconciliationIsTrue,
  payloadBound,
  batchBijection,
  durableBeforeEffect,
  logEvidence,
  tenantIsolation,
  admission,
  truthfulUser,
  terminal,
  noFaultNoDoubt,
  fallbackWorks,
  noLazyUnknown,
  convergence,
  breakerCloses,
  claimsEnd,
  flipsConverge,
];
