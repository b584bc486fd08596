import { describe, expect, test } from 'vitest';
import { Decider } from './decide.ts';
import { randomChooser } from './random-chooser.fixture.ts';

const SITE = { name: 'weather', choices: ['fair', 'rain', 'snow'] } as const;
const OTHER = { name: 'tide', choices: ['low', 'high'] } as const;

describe('the decider', () => {
  test('a decider without deviations makes the undisturbed choices and records every decision point', () => {
    const decider = new Decider({ isRecording: true });
    expect([decider.decide(SITE, 'a'), decider.decide(SITE, 'a'), decider.decide(SITE, 'b')]).toEqual([
      'fair',
      'fair',
      'fair',
    ]);
    expect(decider.points.map(({ key, attempt }) => `${key}${attempt}`)).toEqual(['a0', 'a1', 'b0']);
    expect(decider.taken).toEqual([]);
  });

  test('a deviation takes effect at its site, key and attempt only', () => {
    const deviation = { site: 'weather', key: 'a', attempt: 1, choice: 'snow' };
    const decider = new Decider({ deviations: [deviation] });
    expect(decider.decide(OTHER, 'a')).toBe('low');
    expect(decider.decide(SITE, 'b')).toBe('fair');
    expect(decider.decide(SITE, 'a')).toBe('fair');
    expect(decider.decide(SITE, 'a')).toBe('snow');
    expect(decider.decide(SITE, 'a')).toBe('fair');
    expect(decider.taken).toEqual([deviation]);
  });

  test('a decider is open only at sites with a deviation that has not come up yet', () => {
    const rain = { site: 'weather', key: 'a', attempt: 0, choice: 'rain' };
    const decider = new Decider({ deviations: [rain, { site: 'tide', key: 'a', attempt: 0, choice: 'high' }] });
    expect([decider.isOpenAt(SITE), decider.isOpenAt(OTHER)]).toEqual([true, true]);
    expect(decider.decide(SITE, 'a')).toBe('rain');
    expect([decider.isOpenAt(SITE), decider.isOpenAt(OTHER)]).toEqual([false, true]);
    expect(decider.decide(OTHER, 'a')).toBe('high');
    expect(decider.isOpen).toBe(false);
  });

  test('a deviation that names no choice of its site has no effect', () => {
    const decider = new Decider({ deviations: [{ site: 'weather', key: 'a', attempt: 0, choice: 'hail' }] });
    expect(decider.decide(SITE, 'a')).toBe('fair');
    expect(decider.taken).toEqual([]);
  });

  test('a closed decider makes the undisturbed choices and records no decision point', () => {
    const decider = new Decider({ isRecording: true, chooser: () => 1 });
    decider.close();
    expect(decider.decide(SITE, 'a')).toBe('fair');
    expect(decider.points).toEqual([]);
  });

  test('a random chooser stays within its budget, and its choices replay from the list of deviations', () => {
    const ask = (decider: Decider): string[] =>
      Array.from({ length: 200 }, (_, index) => decider.decide(index % 2 === 0 ? SITE : OTHER, `m${index % 7}`));
    const chosen = new Decider({ chooser: randomChooser({ seed: 4, probability: 0.2, budget: 3 }) });
    const first = ask(chosen);
    expect(chosen.taken).toHaveLength(3);
    const replayed = new Decider({ deviations: chosen.taken });
    expect(ask(replayed)).toEqual(first);
  });
});
