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
  const aboutTheAuthority = new Set(['S3', 'S20', 'L7']);
  const applicable = PROPERTY_IDS.filter((id) => !aboutTheAuthority.has(id));
  expect(requiredOf('all', { vantages: ['wire'] })).toEqual(applicable);
});

test('a required property that cannot be judged is noted before the first run', () => {
  const withoutBreaker = { vantages: VANTAGES.filter((vantage) => vantage !== 'breaker') };
  expect(hiddenNotes(['S1', 'S15'], withoutBreaker)).toEqual([
    '--require S15: it will not be judged, since the system does not show breaker',
  ]);
  expect(hiddenNotes(['S1', 'S15'], whole)).toEqual([]);
});
