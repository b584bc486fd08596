import { expect, test } from 'vitest';
import { VANTAGES } from '../formats/vantages.ts';
import { requiredOf } from './required.ts';

const whole = { vantages: [...VANTAGES] };

test('no property is required unless that is requested', () => {
  expect(requiredOf(undefined, whole)).toEqual([]);
  expect(requiredOf(['S1', 'S5'], whole)).toEqual(['S1', 'S5']);
});

test('all required properties are those that apply to the system', () => {
  expect(requiredOf('all', whole)).toHaveLength(32);
  expect(requiredOf('all', { vantages: ['wire'] })).toHaveLength(29);
  expect(requiredOf('all', { vantages: ['wire'] })).not.toContain('S3');
});
