// The stored scenarios: what every infrastructure must judge alike. They were drawn once, from `planScenarios({ seed: 20251125, count: 300 })`,
// those with a termination later from the strata of that plan, and are kept as plain data, so that a generator that changes does not change what is compared.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../harness/platform/compiled-module.ts';
import { parseDocument } from '../../harness/formats/document.ts';
import { type Scenario, scenarioDocument } from '../../harness/formats/scenario.ts';

const FILE = 'scenarios/conformance/stored-scenarios.jsonl';

/** All of them, one a line of the file. */
export function storedScenarios(): readonly Scenario[] {
  const lines = readFileSync(join(packageRoot, FILE), 'utf8').trimEnd().split('\n');
  return lines.map((line, index) => parseDocument(scenarioDocument, line, `${FILE}:${index + 1}`));
}

/**
 * `count` of them: half from the beginning of the file, where each kind of fault meets each mode, and half from its end, where they are
 * random.
 */
export function someStoredScenarios(count: number): readonly Scenario[] {
  const all = storedScenarios();
  const fromStart = Math.ceil(count / 2);
  return [...all.slice(0, fromStart), ...all.slice(all.length - (count - fromStart))];
}
