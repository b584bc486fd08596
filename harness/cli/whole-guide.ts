// The guide together with entries that only the composition root can make: gates, mutants, wire mutants, fields of descriptions, and
// documents with their fields.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATES } from '../../scenarios/gates/all-gates.ts';
import { loadMutants } from '../../scenarios/mutants/all-mutants.ts';
import type { GuideEntry } from '../guide/entry.ts';
import { GUIDE } from '../guide/guide.ts';
import { WIRE_MUTANTS } from '../live/sabotage/all-wire-mutants.ts';
import { packageRoot } from '../platform/compiled-module.ts';
import { systemFieldEntries } from './pages/system-fields.ts';

/** All entries that `onesend explain` knows. */
export async function wholeGuide(): Promise<readonly GuideEntry[]> {
  const page = readFileSync(join(packageRoot, 'docs/documents.md'), 'utf8');
  return [
    ...GUIDE,
    ...gateEntries(),
    ...(await mutantEntries()),
    ...wireMutantEntries(),
    ...systemFieldEntries(),
    ...documentEntries(page),
  ];
}

function gateEntries(): GuideEntry[] {
  return GATES.map(({ id, title, expected, section, nextAction }) => ({
    id: `gate ${id}`,
    kind: 'gate',
    title,
    summary: `Expects that ${expected}.`,
    facts: [
      ['from', section],
      ['if it fails', nextAction],
    ],
  }));
}

async function mutantEntries(): Promise<GuideEntry[]> {
  return (await loadMutants()).map(({ id, name, breaks, lanes, gate, otherwise, equivalent, shownBy }) => {
    const facts: readonly (readonly [string, string])[] = [
      ['breaks', gate === undefined ? breaks.join(', ') : `gate ${gate}`],
      ['shows on', lanes.join(', ')],
      ['shown by', shownBy ?? ''],
      ['otherwise', otherwise ?? ''],
      ['breaks nothing', equivalent?.argument ?? ''],
    ];
    return {
      id,
      kind: 'mutant',
      title: name,
      summary: 'The reference with one part sabotaged.',
      facts: facts.filter(([, text]) => text !== ''),
    };
  });
}

function wireMutantEntries(): GuideEntry[] {
  return WIRE_MUTANTS.map(({ id, name, does, breaks, sabotage }) => ({
    id,
    kind: 'wire mutant',
    title: name,
    summary: `A pair is made to look broken from outside: ${does}.`,
    facts: [
      ['at', sabotage.at],
      ['seen by', breaks.join(', ')],
    ],
  }));
}

/**
 * The documents and their fields, parsed from docs/documents.md: `onesend.result/3` and `onesend.result.lanes.evidence`; a field that lies
 * deeper has only its name.
 */
export function documentEntries(page: string): GuideEntry[] {
  return page.split(/^## /m).flatMap((section) => {
    const [heading = '', ...lines] = section.split('\n');
    const rows = lines.flatMap((line) => {
      const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return cells[1]?.startsWith('`') === true ? [cells.slice(1, -1)] : [];
    });
    if (heading.startsWith('onesend.')) return documentOf(heading, { where: lines[1] ?? '', rows });
    if (heading === 'Fields further within') return rows.map(([name = '', meaning = '']) => fieldOf(name, { meaning }));
    return [];
  });
}

function documentOf(
  format: string,
  { where, rows }: { where: string; rows: readonly (readonly string[])[] },
): GuideEntry[] {
  const [name = ''] = format.split('/');
  const document: GuideEntry = { id: format, kind: 'document', title: name, summary: where, facts: [] };
  const fields = rows.map(([path = '', type = '', meaning = '']) => fieldOf(`${name}.${path}`, { type, meaning }));
  return [document, ...fields];
}

function fieldOf(path: string, { type, meaning }: { type?: string; meaning: string }): GuideEntry {
  const id = path.replaceAll(/[`?]|\[\]/g, '');
  return { id, kind: 'field', title: '', summary: meaning, facts: type === undefined ? [] : [['type', type]] };
}
