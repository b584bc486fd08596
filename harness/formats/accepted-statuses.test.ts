import { expect, test } from 'vitest';
import { acceptedStatuses, isAcceptedStatus, statusesSchema } from './accepted-statuses.ts';

const accepted = (accepts?: (number | string)[]) =>
  [200, 202, 299, 300, 302, 404, 500, null].filter((status) => isAcceptedStatus(acceptedStatuses(accepts), status));

test('every HTTP status below 400 is a success by default', () => {
  expect(accepted()).toEqual([200, 202, 299, 300, 302]);
});

test('accepted statuses can be single statuses and ranges', () => {
  expect(accepted([302])).toEqual([302]);
  expect(accepted(['200-299', 404])).toEqual([200, 202, 299, 404]);
});

test.each([[[]], [[99]], [['2xx']], [['200-']]])('accepted statuses cannot be %j', (statuses) => {
  expect(statusesSchema.safeParse(statuses).success).toBe(false);
});
