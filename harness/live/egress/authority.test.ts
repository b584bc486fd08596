import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeAuthority } from './authority.ts';

test('an authority certifies the hosts that it is made for, and no other host', async () => {
  const { certificate, serving } = await makeAuthority(['api.twilio.com', 'rest.nexmo.com']);
  const [root, leaf] = [new X509Certificate(certificate), new X509Certificate(serving.cert)];
  expect(root.ca).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.verify(root.publicKey)).toBe(true);
  expect(leaf.checkIssued(root)).toBe(true);
  expect(leaf.checkPrivateKey(createPrivateKey(serving.key))).toBe(true);
  expect(leaf.checkHost('rest.nexmo.com')).toBe('rest.nexmo.com');
  expect(leaf.checkHost('example.com')).toBeUndefined();
  const other = new X509Certificate((await makeAuthority([])).certificate);
  expect(leaf.verify(other.publicKey)).toBe(false);
});
