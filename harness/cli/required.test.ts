import { expect, test } from 'vitest';
import { PROPERTY_IDS } from '../formats/finding.ts';
import { VANTAGES } from '../formats/vantages.ts';
import { hiddenNotes, requiredOf } from './required.ts';

const whole = { vantages: [...VANTAGES] };

test('no property is required unless that is requested', () => {
  expect(requiredOf(undefined, whole)).toEqual([]);
  expect(requiredOf(['S1', 'S5'], whole)).toEqual(['S1', 'S5']);
});

test('all required properties are those that apply to the system', () => {
  expect(requiredOf('all', whole)).toHaveLength(PROPERTY_IDS.length);
  expect(requiredOf('all', { vantages: ['wire'] })).toHaveLength(PROPERTY_IDS.length - 3);
  expect(requiredOf('all', { vantages: ['wire'] })).not.toContain('S3');
});

test('what is required and cannot be judged is known before the first run', () => {
  const withoutBreaker = { vantages: VANTAGES.filter((vantage) => vantage !== 'breaker') };
  expect(hiddenNotes(['S1', 'S15'], withoutBreaker)).toEqual([
    '--require S15: it will not be judged, since the system does not show breaker',
  ]);
  expect(hiddenNotes(['S1', 'S15'], whole)).toEqual([]);
});
