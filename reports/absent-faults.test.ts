import { expect, test } from 'vitest';
import { absentFaults } from './absent-faults.ts';
import { renderJunit } from './junit.ts';
import { passingResult } from './result.fixture.ts';
import { renderSummary } from './terminal.ts';

const absent = ['pause', 'redelivery'];

test('a fault that a reading rules out is not observed, and names the reading', () => {
  const readings = { ...passingResult.readings, redelivery: 'resends' };
  const words = ['pause', 'redelivery (NOT OBSERVED: redelivery=resends)'];
  expect(absentFaults({ absent, readings })).toEqual(words);
  const summary = renderSummary({ ...passingResult, absent, readings }, undefined, { color: false });
  expect(summary).toContain(`absent:     ${words.join(', ')}`);
  expect(renderJunit({ ...passingResult, absent, readings })).toContain(words[1]);
});

test('a fault that the author declares absent is not explained by a reading that allows it', () => {
  expect(absentFaults({ absent, readings: { redelivery: 'idempotent' } })).toEqual(absent);
});
