import { expect, test } from 'vitest';
import { confirmationWords, flakyWords } from './confirmation-words.ts';

const steady = { tries: 10, violated: 10, histories: 1 };
const flaky = { tries: 5, violated: 3, histories: 5 };

test('a counterexample says how many replays show it, and is flaky if not all do', () => {
  expect([steady, flaky, undefined].map(confirmationWords)).toEqual([
    '10 of 10 replays show it',
    'flaky: 3 of 5',
    undefined,
  ]);
});

test('only a flaky counterexample is called so', () => {
  expect([steady, flaky, undefined].map(flakyWords)).toEqual([undefined, 'flaky: 3 of 5', undefined]);
});
