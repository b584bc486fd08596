import { expect, test } from 'vitest';
import { examineNode } from './examine-machine.ts';

test.each([
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.0.0', true],
  ['20.18.3', false],
  ['18.20.0', false],
])('Node %s is new enough: %s', (version, isGood) => {
  expect(examineNode(version)).toMatchObject({ isGood, isNeeded: true });
});
