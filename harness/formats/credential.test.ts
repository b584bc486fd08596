import { describe, expect, test } from 'vitest';
import { findCredentials, maskForms } from './credential.ts';

// The values are assembled from parts, so that no secret scanner reports this file.
const hex = '0123456789abcdef0123456789abcdef';
const sid = `AC${hex}`;
const token = hex.split('').toReversed().join('');
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJtZSIsImV4cCI6MX0', 'c2lnbmF0dXJlLW9mLWl0'].join('.');

const kinds = (name: string, text: string, beside: Record<string, string> = {}): string[] =>
  findCredentials(
    { name, text },
    Object.entries(beside).map(([each, value]) => ({ name: each, text: value })),
  ).map(({ kind }) => kind);

describe('a credential that looks real', () => {
  test.each([
    ['TWILIO_ACCOUNT_SID', sid, 'a Twilio account SID'],
    ['ANYTHING', `key=SK${hex};`, 'a Twilio API key SID'],
    ['TWILIO_AUTH_TOKEN', token, 'a Twilio auth token'],
    ['AWS_ACCESS_KEY_ID', `AKIA${'Q7J2'.repeat(4)}`, 'an AWS access key'],
    ['AWS_SECRET_ACCESS_KEY', 'aB3/'.repeat(10), 'an AWS secret key'],
    ['VONAGE_API_KEY', 'a1b2c3d4', 'a Vonage API key'],
    ['NEXMO_SECRET', 'aB3dE5gH7jK9mN1p', 'a Vonage API secret'],
    ['Authorization', `Bearer ${jwt}`, 'a JSON web token'],
    ['DATABASE_URL', 'postgres://app:s3cr3t@db.example.com/app', 'the URL of a database on another machine'],
    ['SQL', "SELECT dblink('mysql://10.0.0.7/x')", 'the URL of a database on another machine'],
    ['DB_HOST', 'db.internal', 'the host of a database'],
    ['KEY', '-----BEGIN RSA PRIVATE KEY-----\nMIIabcdefgh\n-----END', 'a private key'],
  ])('a credential that looks real is recognised: %s', (name, text, kind) => {
    expect(kinds(name, text)).toEqual([kind]);
  });

  test('a token beside a Twilio SID is a credential that looks real, under any name', () => {
    expect(kinds('SMS_AUTH', token)).toEqual([]);
    expect(kinds('SMS_AUTH', token, { SMS_ACCOUNT: sid })).toEqual(['a Twilio auth token']);
    expect(kinds('SMS_AUTH', token, { SMS_ACCOUNT: 'AC7' })).toEqual([]);
  });
});

test.each([
  ['TWILIO_ACCOUNT_SID', 'AC7'],
  ['TWILIO_ACCOUNT_SID', `AC${'a'.repeat(32)}`],
  ['TWILIO_AUTH_TOKEN', 'not-a-token'],
  ['TWILIO_AUTH_TOKEN', '0'.repeat(32)],
  ['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE'],
  ['APP_KEY', token],
  ['DATABASE_URL', '${databaseUrl}'],
  ['DATABASE_URL', 'postgres://app:secret@127.0.0.1:5432/app'],
  ['DATABASE_URL', 'postgres://localhost/app'],
  ['DATABASE_URL', 'mysql://${host}/app'],
  ['REDIS_HOST', '::1'],
  ['DB_HOST', '/var/run/postgresql'],
  ['SERVICE_URL', 'http://service.internal'],
])('a placeholder, an example or a local address does not look like a real credential: %s=%s', (name, text) => {
  expect(kinds(name, text)).toEqual([]);
});

test('a credential of a known form is masked in any text', () => {
  const text = `{ "sid": "${sid}", "db": "postgres://u:p@db.example.com/x" }`;
  expect(maskForms(text)).toBe(
    '{ "sid": "[a Twilio account SID]", "db": "[the URL of a database on another machine]" }',
  );
});
