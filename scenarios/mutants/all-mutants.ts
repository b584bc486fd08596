// The mutants by their stable ids, with the properties whose checkers must name them. B-ids are ours, the others are the catalogue's.
import type { PropertyId } from '../../harness/formats/finding.ts';
import type { System } from '../../src/contract/system.ts';

/** One sabotaged reference. */
export interface Mutant {
  readonly id: string;
  readonly name: string;
  /** The properties it breaks, as far as the rig has a checker for them; with none it is left to a gate. */
  readonly breaks: readonly PropertyId[];
  load(): Promise<System>;
}

/** All mutants. */
export const MUTANTS: readonly Mutant[] = [
  mutant('M01 fallback-without-fence', ['S1', 'S2'], () => import('./m01-fallback-without-fence.ts')),
  mutant('M03 no-fallback-on-reset', [], () => import('./m03-no-fallback-on-reset.ts')),
  mutant('M05 int-timeout', ['S14'], () => import('./m05-int-timeout.ts')),
  mutant('M10 uuid-in-fallback', ['S6', 'S1'], () => import('./m10-uuid-in-fallback.ts')),
  mutant('M11 uuid-silently-minted-in-client', ['S6'], () => import('./m11-uuid-silently-minted-in-client.ts')),
  mutant('M21 dryrun-guard-after-call', ['S4', 'S1'], () => import('./m21-dryrun-guard-after-call.ts')),
  // The checkers believe the mode that the legacy app pins to a message, and the wrong one is what it pins here.
  mutant('M49 mode-default-on', [], () => import('./m49-mode-default-on.ts')),
  mutant('M52 shadow-inline-latency', [], () => import('./m52-shadow-inline-latency.ts')),
  mutant('M53 quota-per-response', ['S9', 'S10'], () => import('./m53-quota-per-response.ts')),
  mutant('M54 quota-no-mode-guard', ['S9', 'S10'], () => import('./m54-quota-no-mode-guard.ts')),
  mutant('M59 quota-fallback-free', ['S9', 'S10'], () => import('./m59-quota-fallback-free.ts')),
  mutant('M61 go-writes-sms_logs', ['S7'], () => import('./m61-go-writes-sms-logs.ts')),
  mutant('M65 recon-counts-dryrun', [], () => import('./m65-recon-counts-dryrun.ts')),
  mutant('M66 recon-null-unsafe', [], () => import('./m66-recon-null-unsafe.ts')),
  mutant('M71 all-unknown', ['L2'], () => import('./m71-all-unknown.ts')),
  mutant('M72 never-fallback', ['L3'], () => import('./m72-never-fallback.ts')),
  mutant('N06 credentials-of-first-tenant', ['S22'], () => import('./n06-credentials-of-first-tenant.ts')),
  mutant('N07 off-decrements-twice', ['S9', 'S10'], () => import('./n07-off-decrements-twice.ts')),
  mutant('B01 breaker-ignored', [], () => import('./b01-breaker-ignored.ts')),
  mutant('B02 fallback-of-first-message', ['L3'], () => import('./b02-fallback-of-first-message.ts')),
  mutant('B03 timeout-is-no-cause', [], () => import('./b03-timeout-is-no-cause.ts')),
  mutant('B04 log-source-by-mode', ['S8'], () => import('./b04-log-source-by-mode.ts')),
  mutant('B05 fallback-unlogged', ['S21'], () => import('./b05-fallback-unlogged.ts')),
  mutant('B06 recovery-does-nothing', ['L1'], () => import('./b06-recovery-does-nothing.ts')),
  mutant('B07 asks-before-commit', ['S6', 'S14'], () => import('./b07-asks-before-commit.ts')),
  mutant('B08 rejects-after-a-doubt', ['L2'], () => import('./b08-rejects-after-a-doubt.ts')),
];

/** The mutant with this id. Throws a RangeError when there is none. */
export function mutantOf(id: string): Mutant {
  const found = MUTANTS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new RangeError(`no mutant ${id}`);
  return found;
}

function mutant(title: string, breaks: readonly PropertyId[], load: () => Promise<{ system: System }>): Mutant {
  const [id = '', name = ''] = title.split(' ');
  return { id, name, breaks, load: async () => (await load()).system };
}
