import { expect, test } from 'vitest';
import { readConcurrency } from './concurrency.ts';

const took = (fromMs: number, toMs: number) => ({ startedMicros: fromMs * 1_000, endedMicros: toMs * 1_000 });

test('one request that is answered before the trigger shows that the app serves several at once', () => {
  expect(readConcurrency({ trigger: took(0, 500), others: [took(20, 501), took(505, 510)] }, 500)).toMatchObject({
    outcome: 'failed',
    hint: expect.stringContaining('several requests at once'),
  });
  expect(readConcurrency({ trigger: took(0, 500), others: [took(20, 25), took(45, 501)] }, 500)).toMatchObject({
    outcome: 'ok',
    finding: '1 request was answered while a message waited for the service',
  });
});

test('a trigger that is answered long before the budget did not wait for the service, and passes also on a slow machine', () => {
  expect(readConcurrency({ trigger: took(0, 5), others: [took(20, 25)] }, 500)).toMatchObject({ outcome: 'ok' });
  expect(readConcurrency({ trigger: took(0, 200), others: [took(20, 230)] }, 500)).toMatchObject({ outcome: 'ok' });
  expect(readConcurrency({ trigger: took(0, 260), others: [took(20, 270)] }, 500)).toMatchObject({ outcome: 'failed' });
});
