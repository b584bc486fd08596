// Implements the test cases of `gateCases`: each gate runs on its own lane, which is closed afterwards.
import { AssertionError } from 'node:assert';
import { describeReason } from '../../reports/describe-reason.ts';
import { receivedWords } from '../../reports/gate-words.ts';
import { GATES } from '../../scenarios/gates/all-gates.ts';
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import { judge } from '../evidence/judge.ts';
import type { Finding } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import type { GateCase, GateCasesOptions } from '../gate-cases.ts';
import { type Gate, runGates } from '../runner/gate.ts';
import type { CommandContext } from './command.ts';
import { chooseGates } from './commands/gate.ts';
import { loadNamed, withLane } from './open-lane.ts';
import { gateLine } from './gate-line.ts';
import { createScreen } from './screen.ts';

/** The cases of the gates that the options name; of all gates if they name none. */
export function casesOf(system: string, options: GateCasesOptions): GateCase[] {
  return chooseGates((options.gates ?? []).map(String), GATES).map((gate) => ({
    id: gate.id,
    title: `gate ${gate.id}: ${gate.title}`,
    run: () => runOne(gate, system, options),
  }));
}

/** The findings of the checkers in a history. */
export function findingsIn(history: History): readonly Finding[] {
  return judge({ history }, checkersOracle).findings;
}

async function runOne(
  gate: Gate,
  named: string,
  { lane = 'live', infra = 'embedded' }: GateCasesOptions,
): Promise<void> {
  const system = await loadNamed(named);
  const context = contextOfSuite();
  const flags = { lane, infra, slots: 'auto' } as const;
  const runs = gate.scenarios.length;
  const report = await withLane({ system, flags, runs, context }, ({ executor }) =>
    runGates([gate], {
      executor,
      oracle: checkersOracle,
      system: system.description.name,
      readings: system.description.readings,
      replayLine: ({ id }) => gateLine(id, { system: named, lane }),
    }),
  );
  if (report.verdict === 'pass') return;
  const [outcome] = report.gates;
  const received = outcome === undefined ? ['nothing'] : receivedWords(outcome);
  const next = outcome?.nextActions ?? [];
  throw new AssertionError({
    message: [
      `${report.verdict.toUpperCase()}: gate ${gate.id}: expected ${gate.expected}, received:`,
      ...received.map((line) => `  ${line}`),
      ...report.reasons.map(describeReason),
      ...next.map((action) => `what to do: ${action}`),
      `run it alone: ${outcome?.replay ?? ''}`,
    ].join('\n'),
    expected: gate.expected,
    actual: received.join('\n'),
    operator: 'gate',
  });
}

/** The context of a gate in a test runner: no output except notes on stderr, no questions, no desktop and no signal. */
function contextOfSuite(): CommandContext {
  const flags = { json: false, quiet: true, color: false };
  const silent = { write: () => true };
  return {
    screen: createScreen({ stdout: silent, stderr: process.stderr, environment: process.env, flags }),
    folder: process.cwd(),
    environment: process.env,
    signal: new AbortController().signal,
    openQuestioner: () => undefined,
    openOnDesktop: () => Promise.resolve(false),
  };
}
