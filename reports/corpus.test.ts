import { expect, test } from 'vitest';
import type { CorpusReport } from '../harness/formats/corpus.ts';
import type { ReplayRow } from '../harness/formats/replays.ts';
import { corpusSummary, renderCorpus } from './corpus.ts';
import { passingLane } from './result.fixture.ts';

const entry = { system: 'as-written', lane: 'sim', messages: 1, faults: 1 } as const;
const row = (id: string, outcome: ReplayRow['outcome']): ReplayRow => ({
  id,
  lane: 'sim',
  outcome,
  verdict: 'pass',
  message: 'no finding in the same run',
});

const report: CorpusReport = {
  format: 'onesend.corpus/1',
  folder: 'scenarios/corpus',
  entries: [{ ...entry, id: 'S1-0a1b2c3d', shows: 'spring#1 was accepted by the provider 2 times' }],
  added: [],
  removed: ['S9-11112222'],
  replays: [row('S1-0a1b2c3d', 'STALE'), row('S9-11112222', 'FIXED')],
};

test('a corpus is a table, with the replays above it and the removed entries below', () => {
  expect(renderCorpus(report, { color: false, width: 100 })).toMatchInlineSnapshot(`
    "STALE   S1-0a1b2c3d (sim): no finding in the same run
    FIXED   S9-11112222 (sim): no finding in the same run
    2 replayed: 1 FIXED, 1 STALE

      id           system      lane  messages  faults  what it shows
      S1-0a1b2c3d  as-written  sim          1       1  spring#1 was accepted by the provider 2 times

    scenarios/corpus: 1 entry
    removed: S9-11112222"
  `);
});

test('an empty corpus names its folder', () => {
  const empty: CorpusReport = { ...report, entries: [], removed: [], replays: [] };
  expect(renderCorpus(empty, { color: false })).toBe('scenarios/corpus: 0 entries');
});

test('a certification sums up the corpus, and names what is not FIXED', () => {
  const lanes = [{ ...passingLane, corpus: report.replays }];
  expect(corpusSummary({ lanes }, { color: false, width: 100 })).toEqual([
    'corpus: 2 replayed: 1 FIXED, 1 STALE',
    'STALE   S1-0a1b2c3d (sim): no finding in the same run',
  ]);
  expect(corpusSummary({ lanes: [passingLane] }, { color: false })).toEqual([]);
});
