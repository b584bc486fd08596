import { assert, constantFrom, nat, pre, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { campaignScenario } from '../generators/campaign-scenario.ts';
import { DocumentError } from '../platform/errors.ts';
import type { Case } from './case.ts';
import { isReplayToken, readReplayToken, replayToken } from './replay-token.ts';

const tried: Case = {
  scenario: campaignScenario(),
  deviations: [{ site: 'request', key: 'c#1', attempt: 0, choice: 'delay' }],
};

describe('the replay token', () => {
  test('a replay token is one word from which the system and the case are read back', () => {
    const token = replayToken('reference', tried);
    expect(token).toMatch(/^sim:v2:[\w-]+$/);
    expect(isReplayToken(token)).toBe(true);
    expect(readReplayToken(` ${token}\n`)).toEqual({ system: 'reference', case: tried });
  });

  test('any replay token that was cut or altered is refused with one DocumentError', () => {
    const token = replayToken('reference', tried);
    assert(
      property(nat({ max: token.length - 1 }), constantFrom('', 'x', '-'), (at, put) => {
        const spoilt = token.slice(0, at) + put + token.slice(at + 1);
        pre(spoilt !== token);
        expect(() => readReplayToken(spoilt)).toThrow(DocumentError);
      }),
    );
  });

  test.each([
    ['no text at all', '', 'begins with sim:v2:'],
    ['no version', 'sim:abc', 'begins with sim:v2:'],
    ['an older version', 'sim:v1:deadbeefabc', 'expected version 2, received version 1'],
    ['a newer version', 'sim:v31:deadbeefabc', 'expected version 2, received version 31'],
    ['no content', 'sim:v2:', 'cut off or altered'],
    ['rubbish for content', 'sim:v2:deadbeef!!!!', 'cut off or altered'],
  ])('a replay token with %s is refused with a message that says why', (_, token, words) => {
    expect(() => readReplayToken(token)).toThrow(words);
  });
});
