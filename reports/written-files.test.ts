import { expect, test } from 'vitest';
import { renderFiles } from './written-files.ts';

test('the files of a result are named one below the other', () => {
  const files = ['reports/out/results.json', 'reports/out/counterexamples/s1-6f1c1a52.json'];
  expect(renderFiles(files, { color: false })).toMatchInlineSnapshot(`
    "written: reports/out/results.json
             reports/out/counterexamples/s1-6f1c1a52.json"
  `);
});

test('of many files of one kind in one folder the first are named, and the others are counted', () => {
  const failures = ['S1-0a', 'S1-0b', 'S2-0c', 'S2-0d', 'S9-0e'].map((id) => `.onesend/failures/${id}.json`);
  const files = ['out/results.json', 'out/junit.xml', ...failures, 'out/events.ndjson'];
  expect(renderFiles(files, { color: false })).toMatchInlineSnapshot(`
    "written: out/results.json
             out/junit.xml
             .onesend/failures/S1-0a.json
             .onesend/failures/S1-0b.json
             .onesend/failures/S2-0c.json
             and 2 more in .onesend/failures
             out/events.ndjson"
  `);
});
