import { expect, test } from 'vitest';
import { numbersIn } from './log-lines.ts';

test.each([
  ['tenant_id=12', [12]],
  ['of 3, for 4', [3, 4]],
  ['-1 and 0', [-1, 0]],
  ['a12 12b 1-2 007 --5', []],
])('a number is read from %j only where it is a separate word', (line, numbers) => {
  expect(numbersIn(line)).toEqual(numbers);
});
