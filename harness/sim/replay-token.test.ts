import { assert, constantFrom, nat, pre, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DocumentError } from '../platform/errors.ts';
import { decodeReplay, encodeReplay, isReplayToken, type Replay } from './replay-token.ts';
import { toyScenario } from './toy-scenario.fixture.ts';

const replay: Replay = {
  system: 'reference',
  scenario: toyScenario(),
  deviations: [{ site: 'request', key: 'c#1', attempt: 0, choice: 'delay' }],
  skewMicros: { legacy: -800_000, service: 0 },
};

describe('the replay token', () => {
  test('brings back what it was made of, in one word', () => {
    const token = encodeReplay(replay);
    expect(token).toMatch(/^sim:v1:[\w-]+$/);
    expect(isReplayToken(token)).toBe(true);
    expect(decodeReplay(` ${token}\n`)).toEqual(replay);
  });

  test('any cut or altered token is refused with one DocumentError', () => {
    const token = encodeReplay(replay);
    assert(
      property(nat({ max: token.length - 1 }), constantFrom('', 'x', '-'), (at, put) => {
        const spoilt = token.slice(0, at) + put + token.slice(at + 1);
        pre(spoilt !== token);
        // The last character holds bits that stand for nothing.
        pre(at < token.length - 1);
        expect(() => decodeReplay(spoilt)).toThrow(DocumentError);
      }),
    );
  });

  test.each([
    ['an empty text', '', 'begins with sim:v1:'],
    ['another version', 'sim:v2:abc', 'begins with sim:v1:'],
    ['no content', 'sim:v1:', 'cut off or altered'],
    ['rubbish', 'sim:v1:deadbeef!!!!', 'cut off or altered'],
  ])('%s is refused in words', (_, token, words) => {
    expect(() => decodeReplay(token)).toThrow(words);
  });
});
