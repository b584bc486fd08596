import { expect, test } from 'vitest';
import { readConcurrency } from './concurrency.ts';

const took = (fromMs: number, toMs: number) => ({ startedMicros: fromMs * 1_000, endedMicros: toMs * 1_000 });

test('one request that is answered before the trigger shows that the app serves several at once', () => {
  expect(readConcurrency({ trigger: took(0, 500), others: [took(20, 501), took(505, 510)] })).toMatchObject({
    outcome: 'failed',
    hint: expect.stringContaining('several requests at once'),
  });
  expect(readConcurrency({ trigger: took(0, 500), others: [took(20, 25), took(45, 501)] })).toMatchObject({
    outcome: 'ok',
    finding: '1 request was answered while a message waited for the service',
  });
});

test('a trigger that is answered at once shows nothing about concurrency, and passes', () => {
  expect(readConcurrency({ trigger: took(0, 5), others: [took(20, 25)] })).toMatchObject({ outcome: 'ok' });
});
