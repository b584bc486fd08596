// The first lines of a summary: the verdict, how many properties a pass covers, and whether the runs themselves were sound.
import type { Verdict } from '../harness/formats/decision.ts';
import type { GateReport } from '../harness/formats/gate.ts';
import type { LaneResult } from '../harness/formats/lane-result.ts';
import { CATALOGUE, type CatalogueState, catalogueStates } from '../harness/formats/property-catalogue.ts';
import type { Result } from '../harness/formats/result.ts';
import { acceptedIn, acceptedWords } from './baseline-lines.ts';
import { describeReason } from './describe-reason.ts';
import { countOf } from '../harness/history/counted-words.ts';

/** Each verdict as reports print it. */
const VERDICTS: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  accepted: 'VIOLATION ACCEPTED',
  violation: 'VIOLATION',
  usage: 'USAGE',
  inconclusive: 'INCONCLUSIVE',
  infrastructure: 'INFRASTRUCTURE',
  'self-check': 'SELF-CHECK FAILED: do not trust this run',
  interrupted: 'INTERRUPTED',
};

/** The verdict as reports print it. Accepted violations are printed with their day and the people who accept them. */
export function verdictText({ verdict, baseline }: Pick<Result, 'verdict' | 'baseline'>): string {
  const isAccepted = verdict === 'accepted' && baseline !== undefined;
  return isAccepted ? acceptedWords(acceptedIn(baseline)) : VERDICTS[verdict];
}

/** The verdict on a system. For a pass it includes how many properties were judged, and which were not. */
export function headline(result: Result): string {
  const called = verdictText(result);
  return result.verdict === 'pass' ? `${called}, ${coverageWords(result)}` : `${called}: ${result.system.name}`;
}

/** The verdict of a gate report. */
export function gatesHeadline({ gates, lane, system, ...called }: GateReport): string {
  return `${verdictText(called)}: ${countOf(gates.length, 'gate')} of ${system} on the ${lane} lane`;
}

/** Verdicts of runs whose violations are all accepted, for which a reader could take these violations as the cause. */
const BESIDE_ACCEPTED: ReadonlySet<Verdict> = new Set(['infrastructure', 'inconclusive']);

/** Why a run in which every violation is accepted has another verdict all the same: one sentence. No line for any other run. */
export function besideAcceptedLines({ verdict, reasons, baseline }: BesideAccepted): string[] {
  const accepted = baseline === undefined ? [] : acceptedIn(baseline);
  const [first] = reasons;
  if (accepted.length === 0 || first === undefined || !BESIDE_ACCEPTED.has(verdict)) return [];
  const broken = [...new Set(accepted.map(({ property }) => property))].join(', ');
  const more = reasons.length > 1 ? `, and ${countOf(reasons.length - 1, 'more reason')}` : '';
  const why = `${VERDICTS[verdict]} for another reason: ${describeReason(first)}${more}`;
  return [`every violation is accepted by the baseline (${broken}); the run is ${why}`];
}

type BesideAccepted = Pick<Result, 'verdict' | 'reasons' | 'baseline'>;

/** How many of the applicable properties were judged, and which were not observed. */
export function coverageWords({ vantages, lanes }: Pick<Result, 'vantages' | 'lanes'>): string {
  const states = catalogueStates(vantages, lanes).filter(({ state }) => state !== 'not-applicable');
  const judged = states.filter(({ state }) => state === 'judged').length;
  const others = idsIn(states, 'not-observed').map((id) => `${id} (needs ${CATALOGUE[id].vantages.join(', ')})`);
  const open = others.length === 0 ? '' : `; NOT OBSERVED: ${others.join(', ')}`;
  return `${judged} of ${countOf(states.length, 'property', 'properties')} judged${open}`;
}

function idsIn(states: readonly CatalogueState[], wanted: CatalogueState['state']): CatalogueState['id'][] {
  return states.flatMap(({ id, state }) => (state === wanted ? [id] : []));
}

/** Two lines: V1, whether the runs exercised enough, and V2, whether the observers worked. */
export function metaLines(lanes: readonly LaneResult[]): string[] {
  const titles = { V1: 'non-vacuity', V2: 'soundness of the observers' } as const;
  return (['V1', 'V2'] as const).map((id) => {
    const against = lanes.flatMap(({ lane, meta }) => meta[id].map((reason) => ({ ...reason, lane })));
    const [first] = against;
    const more = against.length > 1 ? `, and ${countOf(against.length - 1, 'more reason')}` : '';
    return `${id} ${titles[id]}: ${first === undefined ? 'held' : `not shown: ${describeReason(first)}${more}`}`;
  });
}
