import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Counterexample } from '../harness/formats/counterexample.ts';
import { explanation } from './explanation.fixture.ts';
import { doubleSendCounterexample, doubleSendFinding } from './history.fixture.ts';
import { PLAIN_TEXT_LINES_MAX, renderPlainText } from './plain-text.ts';

const explained: Counterexample = {
  ...doubleSendCounterexample,
  confirmation: { tries: 5, violated: 5, histories: 1 },
  explanation,
};
const replay = 'npx onesend replay S1-0a1b2c3d';

test('the plain text says what happened, what was expected, where a passing run differs, and how to replay it', () => {
  expect(`\n${renderPlainText(explained, { replay })}\n`).toMatchInlineSnapshot(`
    "
    Message spring#1 was sent twice: by the service at 34 ms and by the legacy app at 529 ms.

    counterexample  S1-7cff6f1b, system as-written, lane live, 1 message
    confirmation    5 of 5 replays show it
    faults          latency downstream 700 ms
    expected        The provider accepts a message at most once, over both systems, all retries and the
                    whole life of the message.
    seen            S1 AtMostOnce: spring#1 was accepted by the provider 2 times: first from service,
                    then from legacy
    look at         The code that decides on the second send. What did it take as proof that the first
                    one had not happened?

          ms  where                   what (> shows it)
           4  legacy app              enters in mode ON
           9  legacy app -> service   request
    >     22  service -> provider     send: SENT
          49  service -x legacy app   answer: accepted: ! latency downstream 700 ms
         510  legacy app              no answer in 501 ms
    >    520  legacy app -> provider  fallback send: SENT AGAIN
         541  legacy app              sms_logs insert: source legacy, status accepted

    needs           the fault latency downstream 600 ms (without it: 0 of 11 violate)
    needs           the mode ON of tenant-1 (without it: 0 of 22 violate)
    needs at times  the moment of the flip: 300 ms (without it: 11 of 44 violate)
    boundary        the delay of answers: fails from 501 ms on, passes at 500 ms
    differs at      601 ms, legacy app: no answer in 500 ms
    passing run has 600 ms, service to legacy app: answer: accepted

    replay it:
        npx onesend replay S1-0a1b2c3d
    explain it:
        npx onesend explain S1
    "
  `);
});

test('the plain text of a replayed run says its outcome, and how often messages were sent if there is no finding', () => {
  const { history, lane } = explained;
  const repaired = { id: 'S1-0a1b2c3d', system: 'reference', lane, history, findings: [] };
  const lines = renderPlainText(repaired, { replay, outcome: 'FIXED: it violates nothing' }).split('\n');
  expect(lines.slice(0, 3)).toEqual(['1 message, sent TWICE.', '', 'replayed        FIXED: it violates nothing']);
  expect(lines.some((line) => line.startsWith('expected'))).toBe(false);
});

test('a replay command that is too long is continued on further lines, which the shell joins', () => {
  const long = `npx onesend replay sim:v2:${'0123456789'.repeat(30)} --system 'a b.ts'`;
  const lines = renderPlainText(explained, { replay: long }).split('\n');
  const from = lines.indexOf('replay it:') + 1;
  expect(lines.slice(from, lines.indexOf('explain it:')).join('\n').replaceAll('\\\n', '')).toBe(long);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('the plain text is short, ASCII, and without blanks at the ends of lines, with any name and text of a system', () => {
  const names = fc.string({ unit: 'binary', maxLength: 400 });
  fc.assert(
    fc.property(names, names, fc.nat({ max: 40 }), (name, message, count) => {
      const hostile = `${name}\u202e\u0007é\n${message}`;
      const findings = Array.from({ length: count + 1 }, () => ({ ...doubleSendFinding, message: hostile }));
      const long = Array.from({ length: count }, () => explanation.ingredients).flat();
      const events = Array.from({ length: count }, () => explained.history.events).flat();
      const history = { ...explained.history, events: events.map((event, seq) => ({ ...event, seq })) };
      const text = renderPlainText(
        { ...explained, system: hostile, findings, history, explanation: { ...explanation, ingredients: long } },
        { replay: `npx onesend replay sim:v2:${'a'.repeat(count * 20)}` },
      );
      const lines = text.split('\n');
      expect(lines.length).toBeLessThanOrEqual(PLAIN_TEXT_LINES_MAX);
      expect(text).toMatch(/^[\n -~]*$/);
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(100);
        expect(line.trimEnd()).toBe(line);
      }
    }),
    { numRuns: 60 },
  );
});
