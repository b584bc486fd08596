// Generates docs/properties.md: what each property demands, the vantages that it needs, and a violation of it by a mutant, as a timeline.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderTimeline } from '../../../reports/timeline.ts';
import { loadMutants } from '../../../scenarios/mutants/all-mutants.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { PROPERTIES, PROPERTY_IDS, type PropertyId } from '../../formats/finding.ts';
import { CATALOGUE } from '../../formats/property-catalogue.ts';
import { INVARIANTS, PROPERTY_GUIDES } from '../../guide/properties.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { runCase } from '../../runner/run-case.ts';
import type { Mutant } from '../../runner/mutant.ts';
import { inlinePool } from '../../sim/explore/inline-pool.ts';
import { openSimLane } from '../../sim/lane.ts';
import { codeBlock } from './markdown.ts';

const SAFETY = PROPERTY_IDS.filter((id) => id.startsWith('S'));
const LIVENESS = PROPERTY_IDS.filter((id) => id.startsWith('L'));

const INTRO =
  `${PROPERTY_IDS.length} properties are judged on every run: ${SAFETY[0]} to ${SAFETY.at(-1)} must hold at every moment, ` +
  `${LIVENESS[0]} to ${LIVENESS.at(-1)} once all faults have ended. [excuses.md](excuses.md) says what ` +
  'excuses a system from which of them, [mutants.md](mutants.md) lists the systems that break them, and [drawing.md](drawing.md) explains the pictures.';

/** The text of the page, without the first line that all pages share. Runs a mutant for each property on the simulated lane. */
export async function propertyPage(): Promise<string> {
  const mutants = await loadMutants();
  const excuses = await excusesByProperty();
  const sections: string[] = [];
  for (const id of PROPERTY_IDS) sections.push(await sectionOf(id, { mutants, excuses: excuses.get(id) ?? [] }));
  return ['# Properties', INTRO, ...sections].join('\n\n');
}

/** The sources of a section besides the guide. */
interface Material {
  readonly mutants: readonly Mutant[];
  readonly excuses: readonly string[];
}

async function sectionOf(id: PropertyId, { mutants, excuses }: Material): Promise<string> {
  const { invariant, demand, look, example } = PROPERTY_GUIDES[id];
  const breakers = mutants.filter(({ breaks }) => breaks.includes(id)).map((mutant) => mutant.id);
  return [
    `## ${id} ${PROPERTIES[id]}`,
    demand,
    [
      `- Belongs to: ${INVARIANTS[invariant]}.`,
      `- Must see: ${CATALOGUE[id].vantages.join(', ')}.`,
      `- Look first at: ${look}`,
      `- Excuses: ${excuses.length === 0 ? 'none' : excuses.join(', ')}.`,
      `- Mutants that break it: ${breakers.join(', ')}.`,
    ].join('\n'),
    codeBlock(await pictureOf(id, exampleOf(example, mutants))),
  ].join('\n\n');
}

function exampleOf(id: string, mutants: readonly Mutant[]): Mutant {
  const found = mutants.find((mutant) => mutant.id === id);
  if (found === undefined) throw new Error(`the guide names mutant ${id}, which does not exist`);
  return found;
}

/** The names of the excuses of each property, from the page that lists them. */
async function excusesByProperty(): Promise<ReadonlyMap<string, string[]>> {
  const page = await readFile(join(packageRoot, 'docs/excuses.md'), 'utf8');
  const found = new Map<string, string[]>();
  for (const [, excuse = '', property = ''] of page.matchAll(/^\| (\S.*?) +\| ([SL]\d+) /gm)) {
    if (excuse !== 'none') found.set(property, [...(found.get(property) ?? []), excuse]);
  }
  return found;
}

/** The timeline of a run of the mutant, with only the findings of the property. */
async function pictureOf(property: PropertyId, { id, system, killingCase }: Mutant): Promise<string> {
  if (killingCase === undefined) throw new Error(`mutant ${id} has no stored case`);
  const pool = inlinePool(await openSimLane(system), checkersOracle);
  try {
    const run = await runCase({ executor: pool.asExecutor(), oracle: checkersOracle }, killingCase);
    if (run.kind !== 'judged') throw new Error(`mutant ${id}: ${run.kind}`);
    const findings = run.judgement.findings.filter((finding) => finding.property === property);
    if (findings.length === 0) throw new Error(`mutant ${id} does not violate ${property}`);
    return renderTimeline({ history: run.judgement.history, findings }, { color: false, width: 100 });
  } finally {
    await pool.close();
  }
}
