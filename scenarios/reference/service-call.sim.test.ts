// What the client of the service records in the breakers: which outcome counts as a failure, and in which breaker.
import { expect, test } from 'vitest';
import { FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { answer, failure, runReference, whoseFirstCall } from './reference-run.fixture.ts';

test.each([
  { name: 'a timeout', outcome: failure('timeout'), counted: [1] },
  { name: 'a refused connection', outcome: failure('refused'), counted: [1] },
  { name: 'status 500', outcome: answer(500, {}), counted: [1] },
  { name: 'a bad answer', outcome: answer(200, {}), counted: [1] },
  { name: 'status 422', outcome: answer(422, {}), counted: [] },
  { name: 'an answer', outcome: answer(200, { results: [] }), counted: [] },
])('$name counts as $counted failures in the live breaker', async ({ outcome, counted }) => {
  const { beforeRecovery } = await runReference({ system: whoseFirstCall(() => outcome) });
  expect(beforeRecovery.rows('messaging_breakers').map(({ name, failures }) => [name, failures])).toEqual(
    counted.map((failures) => ['live', failures]),
  );
});

test('a rehearsal that fails counts in the breaker of rehearsals only', async () => {
  const run = await runReference({ mode: 'SHADOW', faults: [{ kind: 'refuse', ...FROM_THE_START }] });
  expect(run.rows('messaging_breakers').map(({ name }) => name)).toEqual(['dry']);
});
