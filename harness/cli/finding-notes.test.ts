import { expect, test } from 'vitest';
import { readReplayToken } from '../formats/replay-token.ts';
import { scriptedScenario } from '../runner/executor.fixture.ts';
import { findingNotes } from './finding-notes.ts';

const fingerprints = ['S1: accept service ON', 'S1: accept legacy ON', 'S9'];
const violation = {
  case: { scenario: scriptedScenario({ name: 'random 17' }), deviations: [] },
  broken: ['S1', 'S9'],
  fingerprints,
};

/** How the notes of a test differ. */
interface Noted {
  readonly quiet?: boolean;
  readonly times?: number;
  readonly system?: string;
  readonly replayed?: { readonly cameUpAgain?: boolean };
}

function noted(
  lane: 'live' | 'sim',
  { quiet = false, times = 1, system = 'a.js', replayed = {} }: Noted = {},
): string[] {
  const lines: string[] = [];
  const screen = { note: (line: string) => lines.push(line) } as never;
  const flags = { quiet, json: false, color: false, system };
  const note = findingNotes({ lane, system: 'toy', flags, context: { screen } });
  for (let time = 0; time < times; time += 1) note({ ...violation, ...replayed }, fingerprints);
  return lines;
}

test('a new finding is one line: the properties it violates, and the line that replays it or the name of its scenario', () => {
  const [line = ''] = noted('sim');
  const [, token = ''] =
    /^sim: found S1 AtMostOnce, S9 QuotaOnce: npx onesend replay (\S+) --system a\.js$/.exec(line) ?? [];
  expect(readReplayToken(token)).toEqual({ system: 'toy', case: violation.case });
  expect(noted('live')).toEqual(["live: found S1 AtMostOnce, S9 QuotaOnce: scenario 'random 17'"]);
});

test('the line of a finding that no replay shows says that the search goes on', () => {
  expect(noted('live', { replayed: { cameUpAgain: true } })).toEqual(noted('live'));
  expect(noted('live', { replayed: { cameUpAgain: false } })).toEqual([
    expect.stringMatching(/: scenario 'random 17'; its replays do not show it, so the search goes on$/),
  ]);
});

test('no findings are printed with --quiet, and only the first 16 are printed without it', () => {
  expect(noted('live', { quiet: true })).toEqual([]);
  expect(noted('live', { times: 40 })).toHaveLength(16);
});
