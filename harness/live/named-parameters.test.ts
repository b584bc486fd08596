import { describe, expect, test } from 'vitest';
import { bindNamed, fillNamed } from './named-parameters.ts';

describe('named parameters', () => {
  test('named parameters become numbered ones, equal names get one number, and casts stay unchanged', () => {
    expect(
      bindNamed('UPDATE t SET a = :mode::text WHERE b = :tenantId OR c = :mode', { mode: 'ON', tenantId: 7 }),
    ).toEqual({
      text: 'UPDATE t SET a = $1::text WHERE b = $2 OR c = $1',
      values: ['ON', 7],
    });
  });

  test.each([
    ['a literal', "SELECT 'feature_flag:messaging', :mode", "SELECT 'feature_flag:messaging', $1"],
    ['a literal with a doubled quote', "SELECT 'it''s :mode', :mode", "SELECT 'it''s :mode', $1"],
    ['a literal that ends with a backslash', String.raw`SELECT 'c:\', :mode`, String.raw`SELECT 'c:\', $1`],
    ['a literal with escapes', String.raw`SELECT E'\':mode', :mode`, String.raw`SELECT E'\':mode', $1`],
    ['a literal after a name that ends with e', String.raw`SELECT type'a\', :mode`, String.raw`SELECT type'a\', $1`],
    ['a quoted identifier', 'SELECT "a:mode""b:mode", :mode', 'SELECT "a:mode""b:mode", $1'],
    ['a comment to the end of the line', "SELECT -- don't :mode\n:mode", "SELECT -- don't :mode\n$1"],
    [
      'comments within comments',
      'SELECT /* :mode /* :mode */ :mode */ :mode',
      'SELECT /* :mode /* :mode */ :mode */ $1',
    ],
    ['a comment that holds a quote', "SELECT /* it's */ :mode", "SELECT /* it's */ $1"],
    ['a dollar quote', 'DO $$ x := :mode; $$; SELECT :mode', 'DO $$ x := :mode; $$; SELECT $1'],
    ['a dollar quote with a tag', 'SELECT $a$ $$:mode$$ $a$, :mode', 'SELECT $a$ $$:mode$$ $a$, $1'],
    ['a cast', "SELECT '1'::int, :mode::text", "SELECT '1'::int, $1::text"],
    ['a cast of a parameter beside an assignment', 'SELECT f(a := :mode)', 'SELECT f(a := $1)'],
    ['a dollar within a name', 'SELECT a$b$c, :mode, d$b$', 'SELECT a$b$c, $1, d$b$'],
    ['a literal that is never closed', "SELECT 'x :mode", "SELECT 'x :mode"],
  ])('named parameters are replaced outside %s, and not inside', (_, statement, text) => {
    expect(bindNamed(statement, { mode: 'ON' }).text).toBe(text);
  });

  test('an unknown named parameter is an error', () => {
    expect(() => bindNamed('SELECT :tenant', { tenantId: 1 })).toThrow(/unknown parameter :tenant /);
  });

  test('named parameters are replaced in paths, and unknown ones stay', () => {
    expect(fillNamed('/campaigns/:campaignId/send:now', { campaignId: 3 })).toBe('/campaigns/3/send:now');
  });
});
