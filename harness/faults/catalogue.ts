// The catalogue of faults: what each is called, which lane realises it, where in the protocol it aims, and what it excuses.
import type { Fault, FaultKind } from '../formats/fault.ts';

/** A lane that can realise a fault. */
type FaultLane = 'live' | 'sim';

/**
 * The phases of the protocol a fault aims at: entry (P0), claim (P1), connecting (P2), request under way (P3), the service's log row and
 * claim (P4), before its provider call (P5), provider call under way (P6), accepted but not logged (P7), logged but not answered (P8),
 * answer under way (P9), the legacy app's decision (P10), its settlement (P11), after the commit of that (P12).
 */
export const PHASES = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P11', 'P12'] as const;

/** A phase of the protocol. */
type Phase = (typeof PHASES)[number];

/** What the rig knows about the faults of one label. */
export interface FaultEntry {
  /** How reports print and count it; numbers of a fault are no part of it. */
  readonly label: string;
  readonly kind: FaultKind;
  readonly lanes: readonly FaultLane[];
  readonly phases: readonly Phase[];
  /** Whether it can leave a sender in doubt about one uuid, so that the message may rightly end as unknown. */
  readonly causesAmbiguity: boolean;
  /** Whether it can rightly keep a message from being sent at all. */
  readonly preventsSending: boolean;
}

const STREAMS = ['upstream', 'downstream'] as const;
const SYSTEMS = ['legacy', 'service'] as const;
/** What a row of the catalogue says when nothing else is said. */
const ordinary = { lanes: ['live', 'sim'], causesAmbiguity: false, preventsSending: false } as const;

const PROVIDER_OUTCOMES = [
  { outcome: 'reject', phases: ['P6'], causesAmbiguity: false, preventsSending: true },
  { outcome: 'slow', phases: ['P6', 'P7'], causesAmbiguity: true, preventsSending: false },
  { outcome: 'accept-lose-reply', phases: ['P7'], causesAmbiguity: true, preventsSending: false },
  { outcome: 'error-accepted', phases: ['P7'], causesAmbiguity: true, preventsSending: false },
  { outcome: 'error-not-accepted', phases: ['P6'], causesAmbiguity: true, preventsSending: true },
] as const;

/** Every fault by its label. */
export const FAULTS: readonly FaultEntry[] = [
  ...(['latency', 'blackhole', 'reset', 'cut'] as const).flatMap((kind) =>
    STREAMS.map((stream) => networkEntry(kind, stream)),
  ),
  // A refused call is definite, but refusing also ends the calls that are under way.
  { ...ordinary, label: 'refuse', kind: 'refuse', phases: ['P2', 'P3', 'P9', 'P10'], causesAmbiguity: true },
  { ...ordinary, label: 'breaker OPEN (live)', kind: 'breaker-open', phases: ['P2', 'P10'] },
  { ...ordinary, label: 'breaker OPEN (dry)', kind: 'breaker-open', phases: ['P2'] },
  ...SYSTEMS.flatMap((system) => PROVIDER_OUTCOMES.map((outcome) => providerEntry(system, outcome))),
  crashEntry('legacy', ['P0', 'P1', 'P6', 'P7', 'P10', 'P11', 'P12']),
  crashEntry('service', ['P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9']),
  { ...ordinary, label: 'redelivery', kind: 'redelivery', phases: ['P0', 'P12'] },
  { ...ordinary, label: 'missing uuid', kind: 'missing-uuid', phases: ['P0'], preventsSending: true },
  { ...ordinary, label: 'tamper missing_in_go', kind: 'tamper', phases: ['P12'] },
  { ...ordinary, label: 'tamper missing_in_laravel', kind: 'tamper', phases: ['P12'] },
  { ...ordinary, label: 'tamper status_mismatch', kind: 'tamper', phases: ['P12'] },
  { ...ordinary, label: 'tamper provider_message_id_mismatch', kind: 'tamper', phases: ['P12'] },
];

const byLabel = new Map(FAULTS.map((entry) => [entry.label, entry]));

/** The label of a fault, for example `latency downstream`, `provider slow (service)` or `crash legacy`. */
export function faultLabel(fault: Fault): string {
  switch (fault.kind) {
    case 'latency':
    case 'blackhole':
    case 'reset':
    case 'cut':
      return `${fault.kind} ${fault.stream}`;
    case 'refuse':
    case 'redelivery':
      return fault.kind;
    case 'breaker-open':
      return `breaker OPEN (${fault.breaker})`;
    case 'provider':
      return `provider ${fault.outcome} (${fault.system})`;
    case 'crash':
      return `crash ${fault.process}`;
    case 'missing-uuid':
      return 'missing uuid';
    default:
      return `tamper ${fault.mismatch}`;
  }
}

/** The catalogue's entry for a fault. */
export function faultEntry(fault: Fault): FaultEntry {
  const entry = byLabel.get(faultLabel(fault));
  if (entry === undefined) throw new Error(`fault ${faultLabel(fault)} is not in the catalogue`);
  return entry;
}

function networkEntry(kind: 'latency' | 'blackhole' | 'reset' | 'cut', stream: (typeof STREAMS)[number]): FaultEntry {
  const phases: readonly Phase[] = stream === 'upstream' ? ['P2', 'P3', 'P10'] : ['P9', 'P10'];
  return { ...ordinary, label: `${kind} ${stream}`, kind, phases, causesAmbiguity: true };
}

function providerEntry(system: (typeof SYSTEMS)[number], row: (typeof PROVIDER_OUTCOMES)[number]): FaultEntry {
  const { outcome, ...known } = row;
  return { ...ordinary, ...known, label: `provider ${outcome} (${system})`, kind: 'provider' };
}

function crashEntry(process: (typeof SYSTEMS)[number], phases: readonly Phase[]): FaultEntry {
  return { ...ordinary, label: `crash ${process}`, kind: 'crash', phases, causesAmbiguity: true };
}
