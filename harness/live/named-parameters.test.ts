import { describe, expect, test } from 'vitest';
import { bindNamed, fillNamed } from './named-parameters.ts';

describe('named parameters', () => {
  test('become numbered ones, each name once, and casts stay casts', () => {
    expect(
      bindNamed('UPDATE t SET a = :mode::text WHERE b = :tenantId OR c = :mode', { mode: 'ON', tenantId: 7 }),
    ).toEqual({
      text: 'UPDATE t SET a = $1::text WHERE b = $2 OR c = $1',
      values: ['ON', 7],
    });
  });

  test('that are not known are an error which names the known ones', () => {
    expect(() => bindNamed('SELECT :tenant', { tenantId: 1 })).toThrow(/unknown parameter :tenant /);
  });

  test('fill paths, and leave alone what is no parameter', () => {
    expect(fillNamed('/campaigns/:campaignId/send:now', { campaignId: 3 })).toBe('/campaigns/3/send:now');
  });
});
