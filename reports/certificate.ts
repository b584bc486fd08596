// The certificate as plain text: the claims, the state of each property, and what the claims are based on.
import type { Certificate } from '../harness/formats/certificate.ts';
import { CATALOGUE, type CatalogueState } from '../harness/formats/property-catalogue.ts';
import { absentFaults } from './absent-faults.ts';
import { acceptedIn, acceptedWords, baselineLines } from './baseline-lines.ts';
import { corpusSummary } from './corpus.ts';
import { describeAssumption, describeReason } from './describe-reason.ts';
import { metaLines } from './headline.ts';
import { sabotageLines } from './sabotage.ts';
import { wrapText } from './wrap-text.ts';

const COLUMNS = 100;

/** The text of a certificate. */
export function renderCertificate({ certified, result, claims, properties, assumptions, digest }: Certificate): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Claim', claims.map(describeReason)],
    ['Properties', properties.map(({ id, state }) => `${id} ${CATALOGUE[id].title}: ${stateWords(id, state)}`)],
    ['Checks of the runs', metaLines(result.lanes)],
    ['Corpus', corpusSummary(result, { color: false, width: COLUMNS - 2 })],
    ['Wire sabotage', result.sabotage === undefined ? [] : sabotageLines(result.sabotage)],
    ['Baseline', result.baseline === undefined ? [] : baselineLines(result.baseline).map((line) => line.trim())],
    ['Readings', Object.entries(result.readings).map(([name, value]) => `${name}: ${value}`)],
    ['Faults that the system is declared not to have', absentFaults(result)],
    ['Assumptions', assumptions.map(describeAssumption)],
    ['Counterexamples', result.counterexamples.map(({ id, file }) => `${id}: ${file}`)],
  ];
  const head = [
    `Onesend certificate: ${certified.system}, ${verdictWords(result)}`,
    `started ${result.startedAt}, seed ${result.seed}`,
    `description ${certified.sha256}`,
    `digest      ${digest}`,
  ];
  const body = sections.flatMap(([title, items]) =>
    items.length === 0 ? [] : ['', title, ...items.flatMap(itemLines)],
  );
  return `${[...head, ...body].join('\n')}\n`;
}

function verdictWords({ verdict, baseline }: Certificate['result']): string {
  return verdict === 'accepted' && baseline !== undefined ? acceptedWords(acceptedIn(baseline)) : verdict.toUpperCase();
}

function stateWords(id: CatalogueState['id'], state: CatalogueState['state']): string {
  const needs = CATALOGUE[id].vantages.join(', ');
  const words = {
    judged: 'judged',
    'not-observed': `not observed; it needs ${needs}`,
    'not-applicable': `does not apply: the system shows no ${needs.split(', ').at(-1)}`,
  };
  return words[state];
}

function itemLines(sentence: string): string[] {
  return wrapText(sentence, { columns: COLUMNS - 2, lines: 20 }).map(
    (line, index) => `${index === 0 ? '- ' : '  '}${line}`,
  );
}
