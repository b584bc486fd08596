// The pages of docs/ that are generated from the guide alone: faults and decisions, goals, the drawing, verdicts, the glossary, readings.
import { DECISION_ENTRIES } from '../../guide/decisions.ts';
import { SYMBOL_ENTRIES } from '../../guide/drawing.ts';
import type { GuideEntry } from '../../guide/entry.ts';
import { ERROR_CODE_ENTRIES } from '../../guide/error-codes.ts';
import { FAULT_ENTRIES } from '../../guide/faults.ts';
import { NAME_ENTRIES, OUTPUT_ENTRIES } from '../../guide/glossary.ts';
import { GOAL_ENTRIES } from '../../guide/goals.ts';
import { READING_ENTRIES, VANTAGE_ENTRIES } from '../../guide/readings.ts';
import { REASON_ENTRIES } from '../../guide/reasons.ts';
import { EXIT_CODE_ENTRIES, WORD_ENTRIES } from '../../guide/verdicts.ts';
import { markdownTable } from './markdown.ts';

/** One table of entries, with a column for the id, for the meaning, and for each of some facts. */
interface EntryTable {
  readonly heading: string;
  readonly entries: readonly GuideEntry[];
  /** The labels of the facts that have a column. */
  readonly facts?: readonly string[];
}

/** The texts of the pages by name, without the first line that all pages share. */
export const GUIDE_ONLY_PAGES: Readonly<Record<string, string>> = {
  faults: page({
    title: 'Faults',
    intro:
      'A fault counts only with its receipt: what the observers must have seen for it. Reports count the runs in which it was in effect, in which it was idle ' +
      'because it had nothing to act on, and in which it left no receipt. On the simulated lane a case has deviations too: decisions of the simulated world ' +
      'that do not take their default. `upstream` is the way of requests, `downstream` that of answers.',
    tables: [
      { heading: 'Faults by their labels', entries: FAULT_ENTRIES, facts: ['counts when', 'can cause doubt'] },
      { heading: 'Decisions of the simulator', entries: DECISION_ENTRIES, facts: ['decided when'] },
    ],
  }),
  goals: page({
    title: 'Goals',
    intro:
      'A goal is a state that a search of the simulated lane must reach at least once. A goal that was never reached makes the verdict inconclusive and ' +
      'is named, because the search shows nothing about that state.',
    tables: [{ heading: 'The goals', entries: GOAL_ENTRIES }],
  }),
  drawing: page({
    title: 'The drawing',
    intro:
      'A timeline shows one run: a column of milliseconds, a line for each system, arrows between them, and the finding below. A long timeline leaves out the least important lines. ' +
      'Its first line names the system and the scenario in which the case was found, and then the messages and faults of the run that is drawn: shrinking can have removed or changed them.',
    tables: [{ heading: 'Symbols', entries: SYMBOL_ENTRIES }],
  }),
  verdicts: page({
    title: 'Verdicts and words',
    intro:
      'Each command ends with a verdict and its exit code. Of several causes the worst counts: 5, 1, 130, 4, 3, 0. [exit-codes.md](exit-codes.md) lists the causes.',
    tables: [
      { heading: 'Exit codes', entries: EXIT_CODE_ENTRIES, facts: ['what to do'] },
      { heading: 'Codes of errors', entries: ERROR_CODE_ENTRIES, facts: ['exit code'] },
      { heading: 'Words of reports', entries: WORD_ENTRIES },
      { heading: 'Reasons and claims, by their codes', entries: REASON_ENTRIES, facts: ['what to do'] },
    ],
  }),
  glossary: page({
    title: 'Glossary',
    intro:
      'The words of the project, each with one meaning. [verdicts.md](verdicts.md) has the words that reports print in capitals or at the heads of columns, ' +
      'and `onesend explain` prints any of them.',
    tables: [
      { heading: 'Words of the project', entries: NAME_ENTRIES },
      { heading: 'What a run checks, reads and writes', entries: OUTPUT_ENTRIES, facts: ['command', 'more'] },
    ],
  }),
  readings: page({
    title: 'Readings and vantages',
    intro:
      'A reading decides what an ambiguous sentence of [the runbook](runbook.md) means. A vantage is a place from which the rig observes a system. A system shows some of them, and a property is judged if it shows all that the property needs.',
    tables: [
      { heading: 'Readings', entries: READING_ENTRIES, facts: ['choices', 'default'] },
      { heading: 'Vantages', entries: VANTAGE_ENTRIES, facts: ['to show it'] },
    ],
  }),
};

function page({ title, intro, tables }: { title: string; intro: string; tables: readonly EntryTable[] }): string {
  return [`# ${title}`, intro, ...tables.flatMap(({ heading, ...table }) => [`## ${heading}`, tableOf(table)])].join(
    '\n\n',
  );
}

function tableOf({ entries, facts = [] }: Omit<EntryTable, 'heading'>): string {
  const hasTitles = entries.some(({ id, title }) => title !== '' && title !== id.replace(':', ''));
  return markdownTable(
    ['id', ...(hasTitles ? ['name'] : []), 'meaning', ...facts],
    entries.map((entry) => [
      `\`${entry.id}\``,
      ...(hasTitles ? [entry.title] : []),
      entry.summary,
      ...facts.map((label) => entry.facts.find(([name]) => name === label)?.[1] ?? ''),
    ]),
  );
}
