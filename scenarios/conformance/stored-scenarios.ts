// The stored scenarios, which every infrastructure must judge alike. They were drawn once, from `planScenarios({ seed: 20251125, count: 300
// })`; those with a termination were added later, from the strata of that plan. They are kept as data so that changes of the generator do
// not change them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../harness/platform/compiled-module.ts';
import { parseDocument } from '../../harness/formats/document.ts';
import { type Scenario, scenarioDocument } from '../../harness/formats/scenario.ts';

const FILE = 'scenarios/conformance/stored-scenarios.jsonl';

/** All stored scenarios, one per line of the file. */
export function storedScenarios(): readonly Scenario[] {
  const lines = readFileSync(join(packageRoot, FILE), 'utf8').trimEnd().split('\n');
  return lines.map((line, index) => parseDocument(scenarioDocument, line, `${FILE}:${index + 1}`));
}

/**
 * `count` stored scenarios: half from the beginning of the file, which combines each kind of fault with each mode, and half from its end,
 * which is random.
 */
export function someStoredScenarios(count: number): readonly Scenario[] {
  const all = storedScenarios();
  const fromStart = Math.ceil(count / 2);
  return [...all.slice(0, fromStart), ...all.slice(all.length - (count - fromStart))];
}
