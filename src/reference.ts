// The reference: the repaired protocol, assembled from its parts. Mutants and other systems replace some of these parts.
import { beginSend } from './authority/begin-send.ts';
import { claim } from './authority/claim.ts';
import { saBeginSend } from './authority/procedures/sa-begin-send.ts';
import { saClaim } from './authority/procedures/sa-claim.ts';
import { saSettle } from './authority/procedures/sa-settle.ts';
import { saSurface } from './authority/procedures/sa-surface.ts';
import { settleAuthority } from './authority/settle-authority.ts';
import type { Context, LegacyParts, Parts, ServiceParts, SharedParts } from './contract/parts.ts';
import { DEFAULT_READINGS, type Readings } from './contract/readings.ts';
import { CONTRACT_VERSION, type System } from './contract/system.ts';
import { legacyApplication } from './legacy/application.ts';
import { breakerAdmits } from './legacy/breaker-admits.ts';
import { breakerRecords } from './legacy/breaker-records.ts';
import { callService } from './legacy/call-service.ts';
import { classifyAnswer } from './legacy/classify-answer.ts';
import { decideFallback } from './legacy/decide-fallback.ts';
import { dispatch } from './legacy/dispatch.ts';
import { legacySend } from './legacy/legacy-send.ts';
import { mintUuid } from './legacy/mint-uuid.ts';
import { openEntry } from './legacy/open-entry.ts';
import { readMode } from './legacy/read-mode.ts';
import { receiveEntry } from './legacy/receive-entry.ts';
import { recover } from './legacy/recover.ts';
import { reserveQuota } from './legacy/reserve-quota.ts';
import { settleOne } from './legacy/settle-one.ts';
import { settle } from './legacy/settle.ts';
import { settleQuota } from './legacy/settle-quota.ts';
import { shadowSend } from './legacy/shadow-send.ts';
import { shutdown } from './process/shutdown.ts';
import { callProvider } from './provider/call-provider.ts';
import { classifyDelivery } from './provider/classify-delivery.ts';
import { loadCredentials } from './provider/load-credentials.ts';
import { reconcileLogs } from './reconcile/procedures/reconcile.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { admit } from './service/admit.ts';
import { answerHeld } from './service/answer-held.ts';
import { serviceApplication } from './service/application.ts';
import { deliver } from './service/deliver.ts';
import { receiveBatch } from './service/receive-batch.ts';
import { recordDelivery } from './service/record-delivery.ts';
import { rehearse } from './service/rehearse.ts';
import { runWorkers } from './service/run-workers.ts';
import { GRANTS } from './store/grants.ts';
import { MIGRATIONS } from './store/schema.ts';

/** Turns a function that needs no context into a part. */
function pure<A extends unknown[], R>(decide: (...args: A) => R): (context: Context, ...args: A) => R {
  return (_context, ...args) => decide(...args);
}

const LEGACY_PARTS: LegacyParts = {
  receiveEntry,
  openEntry,
  mintUuid,
  readMode,
  reserveQuota,
  dispatch,
  callService,
  classifyAnswer: pure(classifyAnswer),
  decideFallback: pure(decideFallback),
  legacySend,
  shadowSend,
  breakerAdmits,
  breakerRecords,
  settle,
  settleOne,
  settleQuota,
  recover,
  reconcile,
};

const SERVICE_PARTS: ServiceParts = {
  receiveBatch,
  rehearse,
  deliver,
  admit,
  answerHeld: pure(answerHeld),
  recordDelivery,
  runWorkers,
};

const SHARED_PARTS: SharedParts = {
  shutdown,
  claim,
  beginSend,
  settleAuthority,
  loadCredentials,
  callProvider,
  classifyDelivery: pure(classifyDelivery),
};

/** All parts of the reference, by name. */
export const referenceParts: Parts = { ...LEGACY_PARTS, ...SERVICE_PARTS, ...SHARED_PARTS };

/** The name and module of an assembly, and how its readings and its database differ from those of the reference. */
export interface AssemblyOptions extends Pick<System, 'name' | 'module' | 'withoutAuthority'> {
  /** The readings that differ from the defaults. */
  readonly readings?: Partial<Readings>;
  readonly procedures?: Partial<System['procedures']>;
  readonly grants?: System['grants'];
  readonly migrations?: System['migrations'];
}

/** Makes a system from parts. */
export function assemble(parts: Parts, options: AssemblyOptions): System {
  const { name, module, withoutAuthority, procedures, grants = GRANTS, migrations = MIGRATIONS } = options;
  const readings = { ...DEFAULT_READINGS, ...options.readings };
  return {
    name,
    module,
    contract: CONTRACT_VERSION,
    readings,
    ...(withoutAuthority === undefined ? {} : { withoutAuthority }),
    parts,
    grants,
    migrations,
    procedures: {
      sa_claim: saClaim,
      sa_begin_send: saBeginSend,
      sa_settle: saSettle,
      sa_surface: saSurface,
      reconcile: reconcileLogs,
      ...procedures,
    },
    boot(env, role) {
      const context: Context = { env, parts, readings, role };
      return role === 'legacy' ? legacyApplication(context) : serviceApplication(context);
    },
  };
}

/** The reference system. */
export const system: System = assemble(referenceParts, { name: 'reference', module: import.meta.url });
