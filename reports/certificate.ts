// The certificate as a page of plain text: what is claimed, what was not observed, and what every claim rests on.
import type { Certificate } from '../harness/formats/certificate.ts';
import { PROPERTIES } from '../harness/formats/finding.ts';
import { describeAssumption, describeReason } from './describe-reason.ts';
import { wrapText } from './wrap-text.ts';

const COLUMNS = 100;

/** The text of a certificate. */
export function renderCertificate({
  certified,
  result,
  claims,
  notObserved,
  assumptions,
  digest,
}: Certificate): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Claim', claims.map(describeReason)],
    ['Not observed', notObserved.map((property) => `${property} ${PROPERTIES[property]}`)],
    ['Readings', Object.entries(result.readings).map(([name, value]) => `${name}: ${value}`)],
    ['Assumptions', assumptions.map(describeAssumption)],
    ['Counterexamples', result.counterexamples.map(({ id, file }) => `${id}: ${file}`)],
  ];
  const head = [
    `Onesend certificate: ${certified.system}, ${result.verdict.toUpperCase()}`,
    `started ${result.startedAt}, seed ${result.seed}`,
    `description ${certified.sha256}`,
    `digest      ${digest}`,
  ];
  const body = sections.flatMap(([title, items]) =>
    items.length === 0 ? [] : ['', title, ...items.flatMap(itemLines)],
  );
  return `${[...head, ...body].join('\n')}\n`;
}

function itemLines(sentence: string): string[] {
  return wrapText(sentence, { columns: COLUMNS - 2, lines: 20 }).map(
    (line, index) => `${index === 0 ? '- ' : '  '}${line}`,
  );
}
