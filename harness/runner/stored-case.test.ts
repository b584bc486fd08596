// Reading and replaying counterexamples and baselines that were stored with older names of tables.
import { expect, test } from 'vitest';
import { judge } from '../evidence/judge.ts';
import { acceptanceOf, baselineDocument } from '../formats/baseline.ts';
import { counterexampleDocument } from '../formats/counterexample.ts';
import { parseDocument } from '../formats/document.ts';
import { historyHash } from '../formats/history.ts';
import { at, row } from '../history/history.fixture.ts';
import { counterexampleOf, notShrunk } from './counterexample.ts';
import { scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';
import { storedCase } from './stored-case.ts';

const OLDER = 'email_s_m_s_limit_rates';
const TODAY = 'quota_accounts';

const charge = row(OLDER, {
  operation: 'update',
  before: { owner_id: 1, sms: 100 },
  after: { owner_id: 1, sms: 98 },
});

const stored = storedThen();

test('a counterexample that was stored with older names of tables is read with the current names', () => {
  const read = parseDocument(counterexampleDocument, JSON.stringify(stored), 'stored.json');
  expect(read.history.events.at(-1)).toMatchObject({
    table: TODAY,
    before: { tenant_id: 1, units: 100 },
    after: { tenant_id: 1, units: 98 },
  });
  expect(read).toEqual({ ...stored, history: read.history, historyHash: historyHash(read.history) });
  // The document can be written and read again.
  expect(parseDocument(counterexampleDocument, JSON.stringify(read), 'read.json')).toEqual(read);
});

test('a counterexample that was stored with older names of tables is replayed with the current names', () => {
  const { case: replayed, fingerprint, expected } = storedCase(stored);
  expect(replayed.deviations).toMatchObject([{ key: `legacy update ${TODAY}`, choice: 'disconnect' }]);
  expect([fingerprint, expected]).toEqual([`S9: row ${TODAY} update legacy`, 'S9']);
});

test('a violation that was accepted with older names of tables stays accepted', () => {
  const acceptance = {
    fingerprint: `S9: row ${OLDER} update legacy`,
    property: 'S9',
    reason: 'known',
    ticket: 'SMS-1',
    until: '2027-01-31',
    by: 'Jane Doe',
  };
  const written = { format: 'onesend.baseline/1', system: 'scripted', accepted: [acceptance] };
  const baseline = parseDocument(baselineDocument, JSON.stringify(written), 'baseline.json');
  for (const table of [OLDER, TODAY])
    expect(acceptanceOf(`S9: row ${table} update legacy`, baseline)).toBe(baseline.accepted[0]);
  expect(acceptanceOf('S9: row sms_logs insert legacy', baseline)).toBeUndefined();
});

function storedThen() {
  const scenario = scriptedScenario();
  const observed = scriptedRun(scenario).history;
  const events = [...observed.events, { ...at(900, charge), seq: 900 }];
  const judgement = judge(
    { history: { ...observed, lane: 'sim', events } },
    scriptedOracle({ violates: (_, property) => property === 'S9' }),
  );
  const deviation = { site: 'statement', key: `legacy update ${OLDER}`, attempt: 0, choice: 'disconnect' };
  const own = { scenario, deviations: [deviation] };
  const fingerprint = `S9: row ${OLDER} update legacy`;
  return counterexampleOf(
    { case: own, judgement, anomalies: [] },
    { system: 'scripted', lane: 'sim', fingerprint, shrinking: notShrunk(own) },
  );
}
