import { expect, test } from 'vitest';
import { deviationWords } from './deviation-words.ts';

test('a deviation is named with the number of its decision if that is not the first', () => {
  const deviation = { site: 'service', key: 'service-1', choice: 'pause' } as const;
  expect(deviationWords({ ...deviation, attempt: 0 })).toBe("the deviation 'service: pause' of service-1");
  expect(deviationWords({ ...deviation, attempt: 9 })).toBe("the deviation 'service: pause' of service-1, decision 10");
});
