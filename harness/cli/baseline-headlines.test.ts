import { expect, test } from 'vitest';
import { doubleSendCounterexample } from '../../reports/history.fixture.ts';
import { fingerprintOf } from '../evidence/fingerprint.ts';
import { withHeadlines } from './baseline-headlines.ts';

const counterexamples = [doubleSendCounterexample];

test('a violation has the name of its property and the sentence of the counterexample that shows it', () => {
  const { history, findings } = doubleSendCounterexample;
  const fingerprints = findings.map((finding) => fingerprintOf(history, finding));
  const [first] = withHeadlines(fingerprints, { counterexamples });
  expect(first).toEqual({
    fingerprint: fingerprints[0],
    headline: 'S1 AtMostOnce: Message spring#1 was sent twice: by the service at 34 ms and by the legacy app at 529 ms',
  });
});

test('a violation that no counterexample shows has the demand of its property', () => {
  const headlines = withHeadlines(['S9: accept legacy OFF', 'livelock'], { counterexamples });
  expect(headlines.map(({ headline }) => headline)).toEqual([
    expect.stringMatching(/^S9 QuotaOnce: violated; it demands: A message is charged once /u),
    'livelock: violated',
  ]);
});

test('the anomaly of a counterexample is its headline', () => {
  const message = 'the run waits for something';
  const anomaly = { kind: 'deadlock', message, atMicros: 7 } as const;
  const stuck = { ...doubleSendCounterexample, findings: [], anomaly, fingerprint: 'deadlock' };
  const [first] = withHeadlines(['deadlock'], { counterexamples: [stuck] });
  expect(first?.headline).toBe(`deadlock: ${message}`);
});

test('a gate that failed its own demand has its title', () => {
  const gates = [{ id: '1', title: 'timeout triggered' }];
  expect(withHeadlines(['gate 1'], { counterexamples: [], gates })).toEqual([
    { fingerprint: 'gate 1', headline: 'gate 1: failed: timeout triggered' },
  ]);
});
