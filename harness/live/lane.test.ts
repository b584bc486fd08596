import { expect, test } from 'vitest';
import { defaultSlots, slotCount } from './lane.ts';

const args = { command: 'node', args: [], environment: {}, ready: { path: '/' } };
const description = { processes: { legacy: args, service: args } } as unknown as Parameters<
  typeof slotCount
>[0]['description'];

test('a live lane opens the given number of slots, or by default as many as the machine has room for', () => {
  expect(slotCount({ description, slots: 'auto' })).toBe(defaultSlots());
  expect(slotCount({ description, slots: 7 })).toBe(7);
});

test('a live lane opens no more slots than there are runs', () => {
  expect(slotCount({ description, slots: 'auto', runs: 1 })).toBe(1);
  expect(slotCount({ description, slots: 7, runs: 3 })).toBe(3);
  expect(slotCount({ description, slots: 2, runs: 3 })).toBe(2);
  expect(slotCount({ description, slots: 'auto', runs: 0 })).toBe(1);
});

test('a live lane opens one slot if a system has a fixed port', () => {
  const fixed = { processes: { legacy: { ...args, port: 8080 }, service: args } } as unknown as typeof description;
  expect(slotCount({ description: fixed, slots: 7 })).toBe(1);
});
