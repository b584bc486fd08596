// Explains a counterexample: runs its case without each ingredient, looks for the times at which its outcome changes, and compares it with
// the nearest case that passes.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import { firstProblem } from '../evidence/judge.ts';
import type { Case } from '../formats/case.ts';
import type { Explanation } from '../formats/explanation.ts';
import { scenarioSchema } from '../formats/scenario.ts';
import { partingOf } from '../history/parting.ts';
import { type FoundBoundary, findBoundaries } from './boundaries.ts';
import { plain } from './counterexample.ts';
import { type Ingredient, ingredientsOf } from './ingredients.ts';
import { type CaseRun, runOnce, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';
import { variationsOf } from './variations.ts';

/** What an explanation needs. When the signal is aborted, the explanation ends with what is known by then. */
export interface ExplainOptions extends RunContext {
  /** The violating run. */
  readonly run: CaseRun;
  /** The fingerprint that a run must show to count as violating. */
  readonly fingerprint: string;
}

/** A run that violates nothing, and how its case differs from the violating one. */
interface Passing {
  readonly words: string;
  readonly run: CaseRun;
}

/** The outcomes of the runs without one ingredient. */
interface Tried {
  readonly ingredient: Ingredient;
  tries: number;
  violated: number;
  passing?: Passing;
}

/** One run without an ingredient. */
interface Try {
  readonly tried: Tried;
  readonly words: string;
  readonly case: Case;
}

/** How often real processes run a case without an ingredient, and how often they run it again if the outcomes differ. */
const RACING_TRIES = 3;
const MORE_RACING_TRIES = 2;

/** How often real processes run the nearest case, at most, until it passes. */
const PASSING_TRIES = 3;

/** The kinds of differences, the easiest to understand first. A time on the passing side of its boundary is nearer than all of them. */
const NEAREST: readonly Ingredient['kind'][] = ['fault', 'deviation', 'time', 'flip', 'message', 'mode', 'setting'];

/** Explains a violating run. Undefined if its case does not violate again, or if the signal came before any try. */
export async function explain(options: ExplainOptions): Promise<Explanation | undefined> {
  const found = await tryIngredients(options);
  if (found === undefined || (found.every(({ tries }) => tries === 0) && isOver(options))) return undefined;
  const boundaries = await findBoundaries(options);
  const nearest = await nearestPassing(found, boundaries, options);
  const explanation = {
    ingredients: found.filter(({ tries }) => tries > 0).map(ingredientOf),
    boundaries: boundaries.map(({ boundary }) => boundary),
  };
  if (nearest === undefined) return explanation;
  const { history } = nearest.run.judgement;
  const parting = partingOf(options.run.judgement, history);
  return {
    ...explanation,
    nearestPassing: { words: nearest.words, case: plain(nearest.run.case), history },
    ...(parting === undefined ? {} : { parting }),
  };
}

function ingredientOf({ ingredient: { kind, words }, tries, violated }: Tried): Explanation['ingredients'][number] {
  const state = violated === 0 ? 'necessary' : violated === tries ? 'free' : 'sometimes';
  return { kind, words, state, tries, violated };
}

/** Runs the case without each ingredient. A deterministic lane does so in the case and its variations; real processes repeat the case. */
async function tryIngredients(options: ExplainOptions): Promise<Tried[] | undefined> {
  const { executor, run } = options;
  const all = ingredientsOf(run.case).map((ingredient): Tried => ({ ingredient, tries: 0, violated: 0 }));
  if (executor.isDeterministic) {
    const wholes = await violating([run.case, ...variationsOf(run.case)], options);
    if (!wholes.includes(run.case)) return undefined;
    await runTries(
      wholes.flatMap((whole) => triesOf(all, whole)),
      options,
    );
    return all;
  }
  const once = triesOf(all, run.case);
  await runTries(Array.from({ length: RACING_TRIES }, () => once).flat(), options);
  const wavering = once.filter(({ tried: { tries, violated } }) => violated > 0 && violated < tries);
  await runTries(Array.from({ length: MORE_RACING_TRIES }, () => wavering).flat(), options);
  return all;
}

/** The cases that violate with all ingredients: only these show anything about a single ingredient. */
async function violating(wholes: readonly Case[], options: ExplainOptions): Promise<Case[]> {
  const found: Case[] = [];
  await runAll(wholes, options, (run, whole) => {
    if (shows(run, options)) found.push(whole);
  });
  return found;
}

/** The cases that lack one ingredient of the whole case each. */
function triesOf(all: readonly Tried[], whole: Case): Try[] {
  const ingredients = ingredientsOf(whole);
  return all.flatMap((tried, index) =>
    (ingredients[index]?.instead ?? []).map(({ words, case: without }) => ({ tried, words, case: without })),
  );
}

async function runTries(tries: readonly Try[], options: ExplainOptions): Promise<void> {
  await runAll(
    tries.map((each) => each.case),
    options,
    (run, _, index) => {
      const each = tries[index];
      if (each === undefined) return;
      const { tried, words } = each;
      const isViolating = shows(run, options);
      if (!isViolating && isDoubtful(run)) return;
      tried.tries += 1;
      if (isViolating) tried.violated += 1;
      else if (isClean(run)) tried.passing ??= { words, run };
    },
  );
}

/** Runs cases in all slots, and reports those that were judged. Cases that are invalid or that the lane refuses are not run. */
async function runAll(
  cases: readonly Case[],
  { executor, oracle, signal, after }: ExplainOptions,
  onRun: (run: CaseRun, tried: Case, index: number) => void,
): Promise<void> {
  const isPlayable = (tried: Case): boolean =>
    scenarioSchema.safeParse(tried.scenario).success && executor.refusal(tried) === undefined;
  await runInOrder({
    tasks: cases,
    capacity: executor.capacity,
    keepsBegun: true,
    isOver: () => isOver({ signal }),
    run: async (tried) => (isPlayable(tried) ? runOnce({ executor, oracle, signal, after }, tried) : undefined),
    onResult: (outcome, tried, index) => {
      if (outcome?.kind === 'judged') onRun(outcome, tried, index);
      return true;
    },
  });
}

// A function, because TypeScript's control-flow analysis does not know that the state changes during an await.
function isOver({ signal }: Pick<ExplainOptions, 'signal'>): boolean {
  return signal?.aborted === true;
}

function shows({ judgement }: CaseRun, { fingerprint }: ExplainOptions): boolean {
  return fingerprintsOf(judgement).includes(fingerprint);
}

/** Whether the outcome is possibly due to disturbed observers or a fault without a receipt. */
function isDoubtful({ judgement }: CaseRun): boolean {
  const { observerProblems, missingReceipts } = judgement;
  return observerProblems.length > 0 || missingReceipts.length > 0;
}

function isClean({ judgement }: CaseRun): boolean {
  const isTrusted = firstProblem(judgement, 'self-check') ?? firstProblem(judgement, 'inconclusive');
  return judgement.broken.length === 0 && isTrusted === undefined;
}

/** The case with a time on the passing side of its closest boundary; else the easiest to understand of the cases without an ingredient. */
async function nearestPassing(
  found: readonly Tried[],
  boundaries: readonly FoundBoundary[],
  options: ExplainOptions,
): Promise<Passing | undefined> {
  const closest = boundaries.toSorted((a, b) => gapOf(a) - gapOf(b));
  for (const { boundary, passing } of closest) {
    const run = await firstClean(passing, options);
    const { words, passes, fails } = boundary;
    if (run !== undefined) return { words: `with ${passes.atMs} ms instead of ${fails.atMs} ms as ${words}`, run };
  }
  const rank = ({ ingredient: { kind } }: Tried): number => NEAREST.indexOf(kind);
  return found.toSorted((a, b) => rank(a) - rank(b)).find(({ passing }) => passing !== undefined)?.passing;
}

function gapOf({ boundary: { fails, passes } }: FoundBoundary): number {
  return Math.abs(fails.atMs - passes.atMs);
}

async function firstClean(tried: Case, options: ExplainOptions): Promise<CaseRun | undefined> {
  const tries = options.executor.isDeterministic ? 1 : PASSING_TRIES;
  for (let index = 0; index < tries; index += 1) {
    const outcome = await runOnce(options, tried);
    if (outcome.kind === 'judged' && isClean(outcome) && !isDoubtful(outcome)) return outcome;
  }
  return undefined;
}
