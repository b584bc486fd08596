import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import { PROPERTY_IDS } from '../../harness/formats/finding.ts';
import type { Result } from '../../harness/formats/result.ts';
import { doubleSendCounterexample } from '../history.fixture.ts';
import { cutExploration, passingResult, seenSabotage, violatingResult } from '../result.fixture.ts';
import { renderPage } from './page.ts';

const HOSTILE = `</script><img src=x onerror=alert(1)>"'\u202Egpj`;

function page(result: Result, counterexamples: readonly Counterexample[] = []): string {
  return renderPage({
    result,
    counterexamples,
    replayLine: ({ id }) => `npx onesend replay ${id}`,
    bisectLine: ({ id }) => `npx onesend bisect --good REV --bad REV ${id}`,
  });
}

const [saved, ...others] = violatingResult.counterexamples;
if (saved === undefined) throw new RangeError('the result has counterexamples');
const named = { ...violatingResult, counterexamples: [{ ...saved, id: doubleSendCounterexample.id }, ...others] };
const violation = page(named, [doubleSendCounterexample]);
const whole = renderPage({
  result: { ...passingResult, lanes: [cutExploration, ...passingResult.lanes], sabotage: [seenSabotage] },
  previous: violatingResult,
  counterexamples: [],
  replayLine: () => '',
  bisectLine: () => undefined,
});

/** The first group of each match in the page. */
function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

describe('the page', () => {
  test('the policy of the page allows only its own style and its own script', () => {
    const [policy = ''] = all(violation, /http-equiv="Content-Security-Policy" content="([^"]*)"/gu);
    const [style = ''] = all(violation, /<style>(.*?)<\/style>/gsu);
    const scripts = all(violation, /<script>(.*?)<\/script>/gsu);
    const source = (text: string): string => `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
    expect(policy.split('; ')).toEqual([
      'default-src &#39;none&#39;',
      `style-src ${source(style)}`,
      `script-src ${scripts.map(source).join(' ')}`,
      'base-uri &#39;none&#39;',
      'form-action &#39;none&#39;',
    ]);
    expect(scripts).toHaveLength(1);
  });

  test('the page has no styles or handlers in attributes, which its policy would refuse, and no foreign address', () => {
    for (const text of [violation, whole]) {
      expect(all(text, /(<[a-z][^>]*\s(?:style|on[a-z]+|src|integrity)=[^>]*>)/gu)).toEqual([]);
      expect(text).not.toMatch(/https?:\/\//u);
    }
  });

  test('the page leads every link and every button to an existing element, once', () => {
    for (const text of [violation, whole]) {
      const ids = all(text, /\sid="([^"]*)"/gu);
      expect(new Set(ids).size).toBe(ids.length);
      const targets = all(text, /(?:href="#|aria-controls="|aria-labelledby=")([^"]*)"/gu);
      expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
      expect(targets.length).toBeGreaterThan(30);
    }
  });

  test('the page shows hostile names and texts as text', () => {
    const finding = { ...doubleSendCounterexample.findings[0], message: HOSTILE };
    const counterexample = { ...doubleSendCounterexample, findings: [finding] } as Counterexample;
    const result = { ...violatingResult, system: { name: HOSTILE, sha256: HOSTILE }, versions: { [HOSTILE]: HOSTILE } };
    const text = page(result, [counterexample]);
    expect(text).not.toMatch(/<img|\u202E/u);
    expect(all(text, /(<\/script>)/gu)).toHaveLength(all(text, /(<script)/gu).length);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;\\u202egpj');
  });

  test('the page says first what happened, to which message, by which system and when', () => {
    const [headline] = all(violation, /<h1 id="verdict">(.*?)<\/h1>/gsu);
    expect(headline).toBe('Message spring#1 was sent twice: by the service at 34 ms and by the legacy app at 529 ms');
    expect(violation).toContain('<title>VIOLATION: as-written - Onesend</title>');
    expect(all(page(passingResult), /<h1 id="verdict">(.*?)<\/h1>/gsu)).toEqual([
      expect.stringContaining(
        `${PROPERTY_IDS.length - 1} of ${PROPERTY_IDS.length} properties judged; NOT OBSERVED: S21`,
      ),
    ]);
  });

  test('the page lists on the first screen how the violation came about, each event with its time and participants', () => {
    const [seen = ''] = all(violation, /<ol class="seen">(.*?)<\/ol>/gsu);
    expect(all(seen, /<li>(.*?)<\/li>/gu)).toEqual([
      '4 ms, legacy app: enters in mode ON',
      '22 ms, service to provider: send, SENT at 34 ms',
      '49 ms, service to legacy app: answer: accepted, too late, latency downstream 700 ms',
      '510 ms, legacy app: no answer in 501 ms',
      '520 ms, legacy app to provider: fallback send, SENT AGAIN at 529 ms',
    ]);
  });

  test('the page says in the section on the search what was not reached, and whether the runs exercised enough', () => {
    const [first = '', ...rest] = violation.split('id="search"');
    expect(first).not.toContain('V1 non-vacuity');
    expect(rest.join('')).toContain('V1 non-vacuity');
    expect(page(passingResult).split('id="search"')[0]).toContain('V1 non-vacuity');
  });

  test('the page gives each counterexample its lines to copy', () => {
    const { id } = doubleSendCounterexample;
    const copied = all(violation, /data-copy="([^"]*)"/gu);
    expect(copied).toContain(`npx onesend bisect --good REV --bad REV ${id}`);
    expect(copied.filter((line) => line === `npx onesend replay ${id}`)).toHaveLength(2);
  });

  test('the page never calls an accepted violation a pass, and says until when and by whom it is accepted', () => {
    const [{ fingerprint = 'S1: x' } = {}] = violatingResult.counterexamples;
    const acceptance = { fingerprint, property: 'S1', reason: 'r', ticket: 't', until: '2027-01-31', by: 'Jane Doe' };
    const baseline = { file: 'b.json', accepted: [{ ...acceptance, state: 'accepted' as const }] };
    const text = page({ ...violatingResult, verdict: 'accepted', baseline } as Result);
    expect(all(text, /<span class="badge">(.*?)<\/span>/gu)).toEqual([
      'VIOLATION ACCEPTED UNTIL 2027-01-31 BY Jane Doe',
    ]);
    expect(text).toContain('S1: x: accepted until 2027-01-31 by Jane Doe (t)');
  });

  test('the page lists the properties that were violated before the others', () => {
    const [lane] = violatingResult.lanes;
    if (lane === undefined) throw new RangeError('a result has a lane');
    const counts = { observed: true, scenarios: 9, exercised: 9, undecided: 0 };
    const properties = {
      ...lane.evidence.properties,
      S9: { ...counts, violations: 2 },
      S1: { ...counts, violations: 0 },
    };
    const text = page({ ...violatingResult, lanes: [{ ...lane, evidence: { ...lane.evidence, properties } }] });
    const [table = ''] = all(text, /<table class="coverage"(.*?)<\/table><\/div>/gsu);
    expect(all(table, /class="opens"[^>]*><b>(\w+)<\/b>/gu).slice(0, 3)).toEqual(['S9', 'S1', 'S2']);
  });

  test('the page says why a run has no verdict on the system', () => {
    const reasons = [{ code: 'infrastructure', subject: 'no room on the disk', numbers: { count: 1 } }];
    const text = page({ ...passingResult, verdict: 'infrastructure', reasons });
    expect(all(text, /<h1 id="verdict">(.*?)<\/h1>/gsu)).toEqual(['No room on the disk']);
  });

  test('the page names a counterexample whose file is missing, with its message from the result', () => {
    expect(violation).toMatch(/id="s1-other"[^]*counterexamples\/s1-other\.json could not be read/u);
  });

  test('each entry of the list names its faults, so that counterexamples with equal headlines differ', () => {
    const chips = all(violation, /<p class="chips">(.*?)<\/p>/gsu);
    expect(chips).toHaveLength(2);
    expect(chips[0]).toContain('<span>1 message; latency downstream 700 ms</span>');
    expect(chips[1]).toContain('<span>3 messages; 2 faults</span>');
  });

  test('the page says what the value of each reading means, and shows an unknown reading as it is', () => {
    const readings = { ...passingResult.readings, fallbackLog: 'batch', ofALaterVersion: 'value' };
    const text = page({ ...passingResult, readings });
    const meaning = 'What is the log line of a fallback about? The whole batch.';
    expect(text).toContain(`<dt>fallbackLog</dt><dd>batch<p class="meaning">${meaning}</p></dd>`);
    expect(text).toContain('<dt>ofALaterVersion</dt><dd>value</dd>');
  });

  test('the page has sections for wire sabotage and for the previous run only if there is something to show', () => {
    expect(all(whole, /<h2 id="([a-z]+)-title">/gu)).toEqual(['coverage', 'search', 'sabotage', 'comparison', 'basis']);
    expect(all(violation, /<h2 id="([a-z]+)-title">/gu)).toEqual(['counterexamples', 'coverage', 'search', 'basis']);
  });
});
