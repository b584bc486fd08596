import { expect, test } from 'vitest';
import { doubleSendCounterexample } from './history.fixture.ts';
import { passingLane, passingResult, violatingResult } from './result.fixture.ts';
import { renderSummary } from './terminal.ts';

const violation = {
  replay: 'npx onesend replay reports/out/counterexamples/s1-6f1c1a52.json',
};

test('the summary of a pass shows the evidence and what was not observed', () => {
  expect(renderSummary(passingResult, undefined, { color: false })).toMatchInlineSnapshot(`
    "PASS, 31 of 32 properties judged; NOT OBSERVED: S21 (needs wire, database, log)
      every observed property held and was exercised
      V1 non-vacuity: held
      V2 soundness of the observers: held
      240 of 240 scenarios of reference on lane live in 61.2 s, seed 42

      exercised/violations        OFF  SHADOW     ON        in all  undecided  needed
      S1  AtMostOnce            160/0   160/0  160/0         480/0          -      10
      S2  SingleAuthority       160/0   160/0  160/0         480/0          -      10
      S3  Fenced                160/0   160/0  160/0         480/0          -      10
      S4  ModeConformance       160/0   160/0  160/0         480/0          -      10
      S5  DryRunPurity          160/0   160/0  160/0         480/0          -      10
      S6  UuidOnce              160/0   160/0  160/0         480/0          -      10
      S7  Writers               160/0   160/0  160/0         480/0          -      10
      S8  LogTruth              160/0   160/0  160/0         480/0          -      10
      S9  QuotaOnce             160/0   160/0  160/0         480/0          -      10
      S10 Conservation          160/0   160/0  160/0         480/0          -      10
      S11 TruthfulDuplicate     160/0   160/0  160/0         480/0          -      10
      S12 TruthfulTerminal      160/0   160/0  160/0         480/0          -      10
      S13 ShadowTransparency    160/0   160/0  160/0         480/0          -      10
      S14 Budget                160/0   160/0  160/0         480/0          -      10
      S15 Breaker               160/0   160/0  160/0         480/0          -      10
      S16 ModePinning           160/0   160/0  160/0         480/0          -      10
      S17 ReconciliationIsTrue  160/0   160/0  160/0         480/0          -      10
      S18 PayloadBound          160/0   160/0  160/0         480/0          -      10
      S19 BatchBijection        160/0   160/0  160/0         480/0          -      10
      S20 DurableBeforeEffect   160/0   160/0  160/0         480/0          -      10
      S21 LogEvidence               -       -      -  NOT OBSERVED
      S22 TenantIsolation       160/0   160/0  160/0         480/0          -      10
      S23 Admission             160/0   160/0  160/0         480/0          -      10
      S24 TruthfulUser          160/0   160/0  160/0         480/0          -      10
      L1  Terminal              160/0   160/0  160/0         480/0          -      10
      L2  NoFaultNoDoubt        160/0   160/0  160/0         480/0          -      10
      L3  FallbackWorks         160/0   160/0  160/0         480/0          -      10
      L4  NoLazyUnknown         160/0   160/0  160/0         480/0          -      10
      L5  Convergence           160/0   160/0  160/0         480/0          -      10
      L6  BreakerCloses         160/0   160/0  160/0         480/0          -      10
      L7  ClaimsEnd             160/0   160/0  160/0         480/0          -      10
      L8  FlipsConverge         160/0   160/0  160/0         480/0          -      10
      a scenario counts in each of its modes, and once for each fault that took effect

      fault               planned  in effect  idle  no receipt  needed
      latency downstream       40         36     4           0       1
      service crash            20         20     0           0       1

    readings:   shadowBilling=none fallbackBilling=charged offBilling=charged unknownMode=OFF
                redelivery=idempotent fallbackLog=message negativeBalance=never
                shadowReconciliation=exclude-dry-runs timeout=compete-for-authority"
  `);
});

test('the summary of a violation shows the counterexample and the line that replays it', () => {
  expect(renderSummary(violatingResult, doubleSendCounterexample, { color: false, ...violation }))
    .toMatchInlineSnapshot(`
      "VIOLATION: as-written
        not reached on lane live: 209 of 240 scenarios; there may be other violations
        S1 AtMostOnce was violated 3 times
        V1 non-vacuity: held
        V2 soundness of the observers: held
        31 of 240 scenarios of as-written on lane live in 61.2 s, seed 42

        exercised/violations        OFF  SHADOW     ON  other        in all  undecided  needed
        S1  AtMostOnce            160/0   160/0  169/3    2/0         480/3          -      10
        S2  SingleAuthority       160/0   160/0  160/0      -         480/0          -      10
        S3  Fenced                160/0   160/0  160/0      -         480/0          -      10
        S4  ModeConformance       160/0   160/0  160/0      -         480/0          -      10
        S5  DryRunPurity          160/0   160/0  160/0      -         480/0          -      10
        S6  UuidOnce              160/0   160/0  160/0      -         480/0          -      10
        S7  Writers               160/0   160/0  160/0      -         480/0          -      10
        S8  LogTruth              160/0   160/0  160/0      -         480/0          -      10
        S9  QuotaOnce             160/0   160/0  160/0      -         480/0          -      10
        S10 Conservation          160/0   160/0  160/0      -         480/0          -      10
        S11 TruthfulDuplicate     160/0   160/0  160/0      -         480/0          -      10
        S12 TruthfulTerminal      160/0   160/0  160/0      -         480/0          -      10
        S13 ShadowTransparency    160/0   160/0  160/0      -         480/0          -      10
        S14 Budget                160/0   160/0  160/0      -         480/0          -      10
        S15 Breaker               160/0   160/0  160/0      -         480/0          -      10
        S16 ModePinning           160/0   160/0  160/0      -         480/0          -      10
        S17 ReconciliationIsTrue  160/0   160/0  160/0      -         480/0          -      10
        S18 PayloadBound          160/0   160/0  160/0      -         480/0          -      10
        S19 BatchBijection        160/0   160/0  160/0      -         480/0          -      10
        S20 DurableBeforeEffect   160/0   160/0  160/0      -         480/0          -      10
        S21 LogEvidence               -       -      -      -  NOT OBSERVED
        S22 TenantIsolation       160/0   160/0  160/0      -         480/0          -      10
        S23 Admission             160/0   160/0  160/0      -         480/0          -      10
        S24 TruthfulUser          160/0   160/0  160/0      -         480/0          -      10
        L1  Terminal              160/0   160/0  160/0      -         480/0          -      10
        L2  NoFaultNoDoubt        160/0   160/0  160/0      -         480/0          -      10
        L3  FallbackWorks         160/0   160/0  160/0      -         480/0          -      10
        L4  NoLazyUnknown         160/0   160/0  160/0      -         480/0          -      10
        L5  Convergence           160/0   160/0  160/0      -         480/0          -      10
        L6  BreakerCloses         160/0   160/0  160/0      -         480/0          -      10
        L7  ClaimsEnd             160/0   160/0  160/0      -         480/0          -      10
        L8  FlipsConverge         160/0   160/0  160/0      -         480/0          -      10
        a scenario counts in each of its modes, and once for each fault that took effect

        fault               planned  in effect  idle  no receipt  needed
        latency downstream       40          0     4           2       1
        service crash            20          0     0           2       1

      readings:   shadowBilling=none fallbackBilling=charged offBilling=charged unknownMode=OFF
                  redelivery=idempotent fallbackLog=message negativeBalance=never
                  shadowReconciliation=exclude-dry-runs timeout=compete-for-authority

      counterexample S1-7cff6f1b: 1 message, 1 fault, shrunk 4 times in 12 tries, nothing smaller
      violates; 1 more saved
      as-written, slow answer: 1 message; faults: latency downstream 700 ms
          ms legacy app                   service                     provider
            4   o enters in mode ON          |                            |
            9   |--------- request --------->|                            |
      >    22   |                            |---------- send ----------->* SENT
           49   |      x- answer: accepted --|                            | ! latency downstream 700 ms
          510   x no answer in 501 ms        |                            |
      >   520   |-------------------- fallback send --------------------->* SENT AGAIN
          541   o log: legacy accepted       |                            |
      S1 AtMostOnce: spring#1 was accepted by the provider 2 times: first from service, then from legacy

      replay it: npx onesend replay reports/out/counterexamples/s1-6f1c1a52.json
      explain it: npx onesend explain S1"
    `);
});

test('faults that cannot happen to the system are named', () => {
  const summary = renderSummary({ ...passingResult, absent: ['pause', 'crash legacy'] }, undefined, { color: false });
  expect(summary).toMatch(/^absent: {5}pause, crash legacy$/m);
});

test('a summary fits in 100 columns, except for commands to paste', () => {
  const lines = renderSummary(violatingResult, doubleSendCounterexample, {
    color: false,
    ...violation,
    width: 200,
  }).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('without colour a summary holds no escape sequence, with colour it does', () => {
  expect(renderSummary(violatingResult, doubleSendCounterexample, { color: false, ...violation })).not.toContain(
    '\u001b',
  );
  expect(renderSummary(violatingResult, doubleSendCounterexample, { color: true, ...violation })).toContain(
    '\u001b[31m',
  );
});

test('a summary keeps the token of a simulated run whole, in a command to paste', () => {
  const token = `sim:v2:${'Ab-_9'.repeat(80)}`;
  const subject = `deadlock: the legacy app never answers (${token})`;
  const reasons = [{ code: 'violation/deadlock', subject, numbers: { count: 1 } }];
  const text = renderSummary({ ...violatingResult, reasons }, undefined, { color: false });
  expect(text).toContain(`  deadlock: the legacy app never answers\n  replay it: npx onesend replay ${token}\n`);
});

test('a summary with many reasons shows the first of them and counts the rest', () => {
  const reasons = Array.from({ length: 9 }, (_, index) => ({
    code: 'goal-not-reached',
    subject: `goal ${index + 1}`,
    numbers: {},
  }));
  const text = renderSummary({ ...passingResult, verdict: 'inconclusive', reasons }, undefined, { color: false });
  expect(text).toContain('INCONCLUSIVE: reference');
  expect(text).toContain('never reached: goal 6\n  and 3 more reasons, see results.json');
});

test('the tables of a summary are those of the sim lane if the live lane ran nothing', () => {
  const { evidence } = passingLane;
  const idle = { ...passingLane, evidence: { ...evidence, runs: { ...evidence.runs, completed: 0 }, properties: {} } };
  const lanes = [{ ...passingLane, lane: 'sim' as const }, idle];
  const text = renderSummary({ ...passingResult, verdict: 'infrastructure', lanes }, undefined, { color: false });
  expect(text).toContain('240 of 240 scenarios of reference on lane sim in');
  expect(text).toMatch(/^ {2}S1 {2}AtMostOnce +160\/0/m);
});

test('an explained counterexample says below its drawing what the violation needs', () => {
  const needed = {
    kind: 'mode',
    words: 'the mode ON of tenant-1',
    state: 'necessary',
    tries: 22,
    violated: 0,
  } as const;
  const explanation = { ingredients: [needed], boundaries: [] };
  const explained = { ...doubleSendCounterexample, explanation };
  const text = renderSummary(violatingResult, explained, { color: false, ...violation });
  expect(text).toMatch(/\n\nneeds +the mode ON of tenant-1 \(without it: 0 of 22 violate\)\n/);
});

test('a counterexample that a fresh process does not show names the run and the slot after which it appeared', () => {
  const after = { slot: 2, run: 7, batches: [], beside: [], place: 0 };
  const text = renderSummary(violatingResult, { ...doubleSendCounterexample, after }, { color: false, ...violation });
  expect(text).toContain('\nnot shown by a fresh process, only after run 7 in slot 2\n');
});
