// onesend explain [ID]: prints what an id, a word, a symbol, a code or a field of the output means; without one, lists all ids.
import { columnsOf, type Palette, palette } from '../../../reports/colors.ts';
import { fitLine, wrapText } from '../../../reports/wrap-text.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { ExplainReport } from '../../formats/explain.ts';
import { GUIDE_PAGES, type GuideEntry } from '../../guide/entry.ts';
import { explain } from '../../guide/guide.ts';
import { countOf } from '../../history/counted-words.ts';
import { UsageError } from '../../platform/errors.ts';
import { suggestion } from '../../platform/nearest-name.ts';
import type { RunCommand } from '../command.ts';
import type { OutputFlags } from '../flags.ts';
import { wholeGuide } from '../whole-guide.ts';

/** The flags of an explanation, and the words that name what to explain. */
export interface ExplainFlags extends OutputFlags {
  readonly words: readonly string[];
}

/** More fields of a description than these are listed with a line each. */
const FIELDS_MAX = 3;

/** The id of a counterexample: the property that it violates, and a hash. */
const COUNTEREXAMPLE_ID = /^(\S+)-[0-9a-f]{8,}$/;

/** Explains what the words name; for the id of a counterexample, the property that it violates. */
export const explainCommand: RunCommand<ExplainFlags> = async ({ words }, { screen }) => {
  const asked = words.join(' ');
  const wanted = COUNTEREXAMPLE_ID.exec(asked)?.[1] ?? asked;
  const guide = await wholeGuide();
  const entries = words.length === 0 ? guide : explain(wanted, guide);
  if (entries.length === 0) {
    const nearest = suggestion(wanted, namesOf(guide));
    const hint = nearest.startsWith('did')
      ? nearest
      : '`onesend explain` lists everything; docs/system-fields.md has the fields of a description';
    throw new UsageError(`the guide has no entry for '${wanted}': ${hint}`);
  }
  const report: ExplainReport = { format: 'onesend.explain/1', entries: entries.map(withPage) };
  const paint = palette(screen.render.color);
  const columns = columnsOf(screen.render);
  screen.result(report, () =>
    words.length === 0 ? listOf(guide, { paint, columns }) : textsOf(entries, { paint, columns }).join('\n\n'),
  );
  return EXIT_CODES.pass;
};

/** The colours and the width of the text. */
interface Canvas {
  readonly paint: Palette;
  readonly columns: number;
}

function withPage({ id, kind, title, summary, facts }: GuideEntry): ExplainReport['entries'][number] {
  return {
    id,
    kind,
    title,
    summary,
    facts: facts.map(([label, text]): [string, string] => [label, text]),
    page: `docs/${GUIDE_PAGES[kind]}.md`,
  };
}

/** The text of each entry. Many fields of a description that have the same name are one text, which lists them. */
function textsOf(entries: readonly GuideEntry[], canvas: Canvas): string[] {
  const fields = entries.filter(({ kind }) => kind === 'description field');
  if (fields.length <= FIELDS_MAX) return entries.map((entry) => textOf(entry, canvas));
  const others = entries.filter((entry) => !fields.includes(entry));
  return [...others.map((entry) => textOf(entry, canvas)), fieldList(fields, canvas)];
}

function fieldList(fields: readonly GuideEntry[], { paint, columns }: Canvas): string {
  const width = Math.max(...fields.map(({ id }) => id.length)) + 2;
  return [
    `${paint.strong(countOf(fields.length, 'field'))} ${paint.quiet(`(description field, docs/${GUIDE_PAGES['description field']}.md)`)}`,
    ...fields.map(({ id, summary }) => `  ${id.padEnd(width)}${fitLine(summary, columns - width - 2)}`),
  ].join('\n');
}

function textOf({ id, kind, title, summary, facts }: GuideEntry, { paint, columns }: Canvas): string {
  const width = Math.max(...facts.map(([label]) => label.length), 0) + 4;
  return [
    `${paint.strong(title === '' ? id : `${id} ${title}`)} ${paint.quiet(`(${kind}, docs/${GUIDE_PAGES[kind]}.md)`)}`,
    ...wrapText(summary, { columns: columns - 2, lines: 8 }).map((line) => `  ${line}`),
    ...facts.flatMap(([label, text]) =>
      wrapText(text, { columns: columns - width, lines: 6 }).map(
        (line, index) => `  ${paint.quiet((index === 0 ? label : '').padEnd(width - 2))}${line}`,
      ),
    ),
  ].join('\n');
}

/** All ids by kind, except the fields of documents and of descriptions, which are too many. */
function listOf(guide: readonly GuideEntry[], { paint, columns }: Canvas): string {
  const kinds = [...new Set(guide.map(({ kind }) => kind))].filter((kind) => !kind.endsWith('field'));
  return kinds
    .map((kind) => {
      const ids = guide.filter((entry) => entry.kind === kind).map(({ id }) => id);
      const lines = wrapText(ids.join(', '), { columns: columns - 2, lines: 40 });
      return [paint.strong(kind), ...lines.map((line) => `  ${line}`)].join('\n');
    })
    .join('\n\n');
}

/** The names to suggest; a field of a description by its path, as it is usually asked for. */
function namesOf(entries: readonly GuideEntry[]): string[] {
  return entries.flatMap(({ id, title }) => [id.replace('onesend.system.', ''), ...(title === '' ? [] : [title])]);
}
