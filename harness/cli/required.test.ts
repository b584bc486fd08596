import { expect, test } from 'vitest';
import { VANTAGES } from '../formats/vantages.ts';
import { requiredOf } from './required.ts';

const whole = { vantages: [...VANTAGES] };

test('nothing is required unless it is asked for', () => {
  expect(requiredOf(undefined, whole)).toEqual([]);
  expect(requiredOf(['S1', 'S5'], whole)).toEqual(['S1', 'S5']);
});

test('all that is required is what applies to the system', () => {
  expect(requiredOf('all', whole)).toHaveLength(32);
  expect(requiredOf('all', { vantages: ['wire'] })).toHaveLength(29);
  expect(requiredOf('all', { vantages: ['wire'] })).not.toContain('S3');
});
