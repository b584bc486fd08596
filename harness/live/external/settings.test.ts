import { describe, expect, test } from 'vitest';
import { UsageError } from '../../platform/errors.ts';
import { readExternalSettings } from './settings.ts';

const URLS = {
  ONESEND_POSTGRES_URL: 'postgres://rig:secret@db.test:5433/postgres',
  ONESEND_TOXIPROXY_URL: 'http://proxy.test:8474',
};

describe('the settings of external servers', () => {
  test('the settings of external servers need both URLs and nothing else', () => {
    expect(readExternalSettings(URLS)).toMatchObject({
      postgresUrl: URLS.ONESEND_POSTGRES_URL,
      toxiproxyUrl: URLS.ONESEND_TOXIPROXY_URL,
    });
  });

  test('the settings of external servers read an empty variable as unset', () => {
    expect(readExternalSettings({ ...URLS, ONESEND_TOXIPROXY_HOST: '' }).toxiproxyHost).toBeUndefined();
  });

  test('the settings of external servers read a range of ports', () => {
    const { toxiproxyPorts } = readExternalSettings({ ...URLS, ONESEND_TOXIPROXY_PORTS: '22000-22031' });
    expect(toxiproxyPorts).toEqual({ first: 22_000, last: 22_031 });
  });

  test.for([
    ['ONESEND_POSTGRES_URL', undefined],
    ['ONESEND_POSTGRES_URL', 'mysql://rig:secret@db.test/'],
    ['ONESEND_TOXIPROXY_URL', ''],
    ['ONESEND_TOXIPROXY_URL', 'proxy.test:8474'],
    ['ONESEND_TOXIPROXY_PORTS', '22031-22000'],
    ['ONESEND_TOXIPROXY_PORTS', '0-70000'],
    ['ONESEND_BACK_TAP_HOST', 'a host'],
  ] as const)('the settings of external servers refuse %s as %j, without a password', ([name, value]) => {
    const read = () => readExternalSettings({ ...URLS, [name]: value });
    expect(read).toThrow(UsageError);
    expect(read).toThrow(name);
    expect(read).not.toThrow('secret');
  });
});
