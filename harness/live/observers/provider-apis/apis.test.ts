import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { providerSchema } from '../../../formats/provider.ts';
import { openApis } from './open-apis.ts';
import type { ProviderApi, ProviderRequest } from './provider-api.ts';
import { TWILIO } from './twilio.ts';
import { VONAGE } from './vonage.ts';

const basic = `Basic ${Buffer.from('AC7:secret').toString('base64')}`;
const FORM = 'application/x-www-form-urlencoded';

/** A request to an API, with its headers as a plain record, which a test can change. */
interface Asked extends Omit<ProviderRequest, 'headers'> {
  readonly headers: Readonly<Record<string, string>>;
}

const read = (api: ProviderApi, { headers, ...request }: Asked) =>
  api.read({ ...request, headers: new Map(Object.entries(headers)) });

const OF_TWILIO: Asked = {
  method: 'POST',
  target: '/2010-04-01/Accounts/AC7/Messages.json',
  headers: { 'content-type': `${FORM}; charset=utf-8`, authorization: basic },
  text: 'To=%2B9991&From=%2B9990&Body=hello',
};

const OF_VONAGE: Asked = {
  method: 'POST',
  target: '/sms/json',
  headers: { 'content-type': 'application/json' },
  text: JSON.stringify({ api_key: 'k7', api_secret: 's', to: '9991', from: 'me', text: 'hello' }),
};

const [described] = await openApis([
  providerSchema.parse({
    name: 'acme',
    hosts: ['sms.acme.example'],
    path: '/v1/:account/sms',
    recipient: '/message/to',
    body: '/message/text',
    account: 'header:Authorization',
    requires: ['/message/from'],
    accepted: { status: 202, body: { sms: { id: '${id}', to: ['${recipient}'] }, ok: true } },
    rejected: { status: 422, body: { why: 'no ${recipient}' } },
  }),
]);
const ACME = described as ProviderApi;

const OF_ACME: Asked = {
  method: 'POST',
  target: '/v1/a7/sms?x=1',
  headers: { 'content-type': 'application/json', authorization: 'Bearer a7' },
  text: JSON.stringify({ message: { to: '+9991', from: 'me', text: 'hello' } }),
};

describe.each([
  { name: 'Twilio', api: TWILIO, request: OF_TWILIO, account: 'AC7' },
  { name: 'Vonage', api: VONAGE, request: OF_VONAGE, account: 'k7' },
  { name: 'a described API', api: ACME, request: OF_ACME, account: 'a7' },
])('$name', ({ api, request, account }) => {
  test('a provider API accepts its request', () => {
    expect(read(api, request)).toEqual({ account, recipient: '+9991', body: 'hello' });
  });

  test('a provider API does not read a request to another path', () => {
    expect(read(api, { ...request, target: '/other' })).toBeUndefined();
  });

  test.each([
    ['method', { method: 'PUT' }, 405],
    ['type', { headers: { ...request.headers, 'content-type': 'text/plain' } }, 415],
  ])('a provider API refuses another %s', (_what, change, status) => {
    expect(read(api, { ...request, ...change })).toMatchObject({ answer: { status } });
  });

  test.each(['From', 'from', 'To', 'to', 'Body', 'text'].filter((name) => request.text.includes(name)))(
    'a provider API refuses a request without %s',
    (name) => {
      expect(read(api, { ...request, text: request.text.replace(name, 'other') })).toMatchObject({
        refused: expect.any(String),
        answer: { status: 400 },
      });
    },
  );

  test('a provider API refuses a request without credentials', () => {
    const { authorization: _none, ...headers } = request.headers;
    const text = request.text.replace('api_secret', 'other');
    expect(read(api, { ...request, headers, text })).toMatchObject({ answer: { status: 401 } });
  });
});

test('an API key of Twilio is valid for any account in the path, and an account only for itself', () => {
  const as = (user: string) => ({
    ...OF_TWILIO,
    headers: { ...OF_TWILIO.headers, authorization: `Basic ${Buffer.from(user).toString('base64')}` },
  });
  expect(read(TWILIO, as('SK1:secret'))).toMatchObject({ account: 'AC7', body: 'hello' });
  expect(read(TWILIO, as('AC8:secret'))).toMatchObject({ refused: 'Authenticate' });
  expect(read(TWILIO, as('AC7:'))).toMatchObject({ refused: 'Authenticate' });
});

test('Vonage accepts forms and Basic credentials too', () => {
  const headers = { 'content-type': FORM, authorization: `Basic ${Buffer.from('k8:s').toString('base64')}` };
  expect(read(VONAGE, { ...OF_VONAGE, headers, text: 'to=9991&from=me&text=hello' })).toEqual({
    account: 'k8',
    recipient: '+9991',
    body: 'hello',
  });
});

test('the answers of a provider API have its shape', () => {
  const message = { account: 'a', recipient: '+9991', body: 'hello', id: 'm1' };
  expect(TWILIO.answer('accepted', message)).toMatchObject({ status: 201, body: { sid: 'm1', status: 'queued' } });
  expect(TWILIO.answer('rejected', message)).toMatchObject({ status: 400, body: { code: 21_211 } });
  expect(VONAGE.answer('accepted', message)).toMatchObject({
    status: 200,
    body: { 'message-count': '1', messages: [{ to: '9991', 'message-id': 'm1', status: '0' }] },
  });
  expect(VONAGE.answer('rejected', message)).toMatchObject({ status: 200, body: { messages: [{ status: '3' }] } });
  expect(ACME.answer('accepted', message)).toEqual({
    status: 202,
    body: { sms: { id: 'm1', to: ['+9991'] }, ok: true },
  });
  expect(ACME.answer('rejected', message)).toEqual({ status: 422, body: { why: 'no +9991' } });
  for (const api of [TWILIO, VONAGE, ACME]) {
    expect(api.answer('failed', message).status).toBe(500);
    expect(api.answer('unavailable', message).status).toBe(503);
  }
});

test("a user's module of a provider API is loaded, and a wrong module is an error of the description", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-apis-test-'));
  const open = async (name: string, text: string) => {
    const module = join(folder, name);
    await writeFile(module, text);
    return openApis([{ name: 'own', hosts: [], module }]);
  };
  const api = 'export default { read: () => undefined, answer: () => ({ status: 200, body: {} }) }';
  expect((await open('1.mjs', api))[0]?.name).toBe('own');
  await expect(open('2.mjs', 'export default {}')).rejects.toThrow('expected a default export with');
  await expect(open('3.mjs', 'export default {')).rejects.toMatchObject({ code: 'ONESEND_BAD_SYSTEM' });
  await rm(folder, { recursive: true });
});
