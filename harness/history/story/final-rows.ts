// The rows at the end of a run that concern the items of a story: a reader compares them with the rows that should be there.
import type { EventOf } from '../../formats/event.ts';
import { groupBy } from '../group-by.ts';
import { tenantIdIn, textIn } from '../row-values.ts';
import { imageOf } from '../rows.ts';
import type { StoryTable } from './story.ts';
import { concerns, itemsOf, type Subject } from './subject.ts';

type Row = EventOf<'row'>;

/** The tables that end with rows of the story's items, their accounts or breakers, in the order of their first change. */
export function tablesOf(subject: Subject): StoryTable[] {
  const rows = subject.history.events.filter((event) => event.kind === 'row');
  return [...groupBy(rows, ({ table }) => table)].flatMap(([table, changes]) => {
    const last = [...groupBy(changes, ({ key }) => key).values()].flatMap((ofOne) => ofOne.at(-1) ?? []);
    const left = last.filter((row) => row.after !== null && isOfStory(row, subject));
    return left.length === 0 ? [] : [{ table, rows: left.map((row) => ({ seq: row.seq, cells: cellsOf(row) })) }];
  });
}

function isOfStory(row: Row, subject: Subject): boolean {
  const messageUuid = textIn(imageOf(row), 'message_uuid');
  if (messageUuid !== '') {
    const items = itemsOf(subject, [messageUuid]);
    // A uuid that belongs to no item may be what the finding is about.
    return items.length === 0 || concerns(subject, items);
  }
  const { history, items } = subject;
  const owner = tenantIdIn(imageOf(row));
  const tenant = history.tenants.find(({ tenantId }) => tenantId === owner)?.key;
  return owner === undefined || history.items.some((planned) => planned.tenant === tenant && items.has(planned.item));
}

function cellsOf({ after }: Row): [string, string][] {
  return Object.entries(after ?? {}).map(([column, value]) => [column, textOf(value)]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
