import { expect, test } from 'vitest';
import { type SabotageReport, type SabotageRow, sabotageVerdict } from '../harness/formats/sabotage.ts';
import { palette } from './colors.ts';
import { seenSabotage as seen } from './result.fixture.ts';
import { renderSabotage, sabotageLines, sabotageSummary } from './sabotage.ts';

const surprise: SabotageRow = { ...seen, id: 'X05', outcome: 'surprise', namedBy: ['S9'], runs: 3 };
const blind: SabotageRow = { ...surprise, id: 'X22', outcome: 'blind', namedBy: [], note: 'no run violates S19' };
const notReached: SabotageRow = { ...blind, id: 'X23', outcome: 'not-reached', note: '' };
const absent: SabotageRow = { ...seen, id: 'X24', outcome: 'not-applicable', namedBy: [], runs: 0, note: 'no uuids' };

function report(mutants: SabotageRow[]): SabotageReport {
  return { format: 'onesend.sabotage/1', verdict: sabotageVerdict(mutants), system: 'pair', mutants };
}

test('the table of wire mutants says what sees each one, and the outcome of the others', () => {
  const rows = [seen, surprise, blind, notReached, absent];
  expect(renderSabotage(report(rows), { color: false })).toMatchInlineSnapshot(`
    "  id   name           at      seen by      runs  seconds
      X04  deliver-twice  client  S14             1      2.3
      X05  deliver-twice  client  surprise        3      2.3
      X22  deliver-twice  client  BLIND           3      2.3
      X23  deliver-twice  client  not reached     3      2.3
      X24  deliver-twice  client  n/a             0      2.3

      X05: surprise: named by S9
      X22: BLIND: a call is repeated; no run violates S19
      X23: not reached
      X24: n/a: no uuids
    wire sabotage seen: 2 of 4"
  `);
});

test('the summary of wire mutants is short, and a certificate says what each of them does', () => {
  const rows = [seen, surprise, blind, notReached, absent];
  expect(sabotageSummary(rows, { paint: palette(false), columns: 60 }).join('\n')).toMatchInlineSnapshot(`
    "wire sabotage seen: 2 of 4
      X04 by S14
      X05: surprise: named by S9
      X22: BLIND: a call is repeated; no run violates S19
      X23: not reached
      X24: n/a: no uuids"
  `);
  expect(sabotageLines(rows).slice(0, 2)).toEqual([
    'wire sabotage seen: 2 of 4',
    'X04 deliver-twice: a call is repeated: seen by S14',
  ]);
});

test('a wire mutant that took effect unseen is a failed self-check, and one without effect is inconclusive', () => {
  expect(sabotageVerdict([seen, surprise, absent])).toBe('pass');
  expect(sabotageVerdict([seen, notReached])).toBe('inconclusive');
  expect(sabotageVerdict([seen, notReached, blind])).toBe('self-check');
});
