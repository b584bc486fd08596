import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../platform/errors.ts';
import { addFlags, applyEnvironment } from './flags.ts';

const all = ['system', 'infra', 'lane', 'seed', 'runs', 'maxTime', 'stopAtFirst', 'require', 'slots', 'out'] as const;

function parse(line: string, environment: NodeJS.ProcessEnv = {}): Record<string, unknown> {
  const command = addFlags(new Command('test').exitOverride().configureOutput({ outputError: () => undefined }), all);
  command.parse(line.split(' ').filter(Boolean), { from: 'user' });
  applyEnvironment(command, environment);
  return command.opts();
}

describe('flags', () => {
  test('flags have defaults', () => {
    expect(parse('')).toEqual({
      infra: 'embedded',
      lane: 'live',
      slots: 'auto',
      stopAtFirst: false,
      out: 'reports/out',
      json: false,
      quiet: false,
      color: true,
    });
  });

  test('flags are parsed to values', () => {
    const line =
      '--system as-written --seed 7 --runs 20 --max-time 10m --slots 4 --out here --json --quiet --no-color --stop-at-first';
    expect(parse(line)).toMatchObject({
      system: 'as-written',
      seed: 7,
      runs: 20,
      maxTime: 600_000,
      slots: 4,
      out: 'here',
      json: true,
      quiet: true,
      color: false,
      stopAtFirst: true,
    });
  });

  test.each([
    ['--infra cloud', /expected embedded, containers, external/],
    ['--infra embeded', /did you mean 'embedded'\?/],
    ['--lane simm', /did you mean 'sim'\?/],
    ['--system refrence', /did you mean 'reference'\?/],
    ['--system ./nowhere.ts', /no such file either; expected reference, as-written/],
    ['--seed 1.5', /expected a whole number from 0/],
    ['--seed abc', /expected a whole number from 0/],
    ['--runs 0', /expected a whole number from 1/],
    ['--require S99', /'S99': did you mean 'S9'\?|'S99': expected all, S1/],
    ['--slots many', /expected a whole number from 1 to 64/],
    ['--max-time 10', /expected a duration/],
    ['-c onesend.config.ts', /a system is named by --system FILE/],
    ['--sed 1', /Did you mean --seed\?/],
  ])('flags: %s is refused', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });

  test('flags accept required properties by their ids, and sort them as reports do, or accept all', () => {
    expect(parse('--require S9,S1')).toMatchObject({ require: ['S1', 'S9'] });
    expect(parse('--require all')).toMatchObject({ require: 'all' });
  });

  test('flags accept an existing file as a system', () => {
    expect(parse('--system package.json')).toMatchObject({ system: 'package.json' });
  });
});

describe('environment variables', () => {
  test('environment variables win over defaults', () => {
    const environment = {
      ONESEND_SYSTEM: 'as-written',
      ONESEND_SEED: '9',
      ONESEND_MAX_TIME: '30s',
      ONESEND_SLOTS: '2',
    };
    expect(parse('', environment)).toMatchObject({ system: 'as-written', seed: 9, maxTime: 30_000, slots: 2 });
  });

  test('environment variables lose against the command line', () => {
    expect(parse('--seed 1 --no-color', { ONESEND_SEED: '9', ONESEND_NO_COLOR: '0' })).toMatchObject({
      seed: 1,
      color: false,
    });
  });

  test('environment variables switch flags on and off', () => {
    expect(parse('', { ONESEND_JSON: '1', ONESEND_NO_COLOR: 'yes' })).toMatchObject({ json: true, color: false });
    expect(parse('', { ONESEND_JSON: 'false', ONESEND_NO_COLOR: '0' })).toMatchObject({ json: false, color: true });
  });

  test('environment variables that are empty count as unset', () => {
    expect(parse('', { ONESEND_SEED: '', ONESEND_JSON: '' })).toMatchObject({ json: false });
  });

  test.each([
    [{ ONESEND_SEED: 'abc' }, "ONESEND_SEED='abc': expected a whole number"],
    [{ ONESEND_JSON: 'maybe' }, "ONESEND_JSON='maybe': expected 1 or 0"],
    [{ ONESEND_INFRA: 'cloud' }, "ONESEND_INFRA='cloud': expected embedded, containers, external"],
  ])('environment variables: %j is refused by its name', (environment, message) => {
    expect(() => parse('', environment)).toThrow(UsageError);
    expect(() => parse('', environment)).toThrow(message);
  });
});
