import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import { freePort } from '../process/ports.ts';
import { rigMicros } from './clock.ts';
import { Provider } from './provider.ts';
import { TWILIO } from './provider-apis/twilio.ts';
import { VONAGE } from './provider-apis/vonage.ts';
import { type Canary, CANARY_PREFIX } from './provider-ledger.ts';
import type { ProviderOutcome, ProviderRule } from './provider-rule.ts';
import { Recording } from './recording.ts';

let provider: Provider;
let port: number;
let events: Observation[];
let canaries: Canary[];

beforeEach(async () => {
  [events, canaries] = [[], []];
  const recording = new Recording({
    slot: 1,
    recording: 1,
    items: [{ item: 'a#1', recipient: '+9991', body: 'hello' }],
    emit: ({ observation }) => events.push(observation),
  });
  const ledger = {
    system: 'service',
    recording: () => recording,
    onCanary: (canary: Canary) => canaries.push(canary),
  } as const;
  provider = new Provider(ledger, [TWILIO, VONAGE]);
  port = await freePort();
  await provider.listen(port);
});
afterEach(() => provider.close());

const authorization = `Basic ${Buffer.from('AC7:secret').toString('base64')}`;

function send(recipient = '+9991', headers: Record<string, string> = { authorization }): Promise<Response> {
  const body = new URLSearchParams({ To: recipient, From: '+9990', Body: 'hello' });
  return fetch(`http://127.0.0.1:${port}/2010-04-01/Accounts/AC7/Messages.json`, { method: 'POST', body, headers });
}

const rule = (outcome: ProviderOutcome, fromMicros: number, untilMicros: number): ProviderRule => ({
  outcome,
  delayMs: 0,
  fromMicros,
  untilMicros,
});
const kinds = (): string[] => events.map((event) => event.kind);
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await sleep(2);
};

describe('the provider stub', () => {
  test('the provider stub accepts a message and answers in the shape of its model', async () => {
    const response = await send();
    expect(response.status).toBe(201);
    const answer: unknown = await response.json();
    const accepted = events.find((event) => event.kind === 'accept');
    const sid = expect.stringMatching(/^SMs[0-9a-f]{31}$/);
    expect(answer).toEqual({ sid: accepted?.providerMessageId, status: 'queued', to: '+9991', body: 'hello' });
    expect(events).toEqual([
      expect.objectContaining({
        observer: 'provider',
        kind: 'attempt',
        attempt: 'attempt-1',
        system: 'service',
        item: 'a#1',
        account: 'AC7',
        recipient: '+9991',
        body: 'hello',
      }),
      expect.objectContaining({ kind: 'accept', attempt: 'attempt-1', item: 'a#1', providerMessageId: sid }),
    ]);
  });

  test('the provider stub gives each message a different id', async () => {
    await Promise.all([send(), send()]);
    const ids = events.flatMap((event) => (event.kind === 'accept' ? [event.providerMessageId] : []));
    expect(new Set(ids).size).toBe(2);
  });

  test.each([
    ['reject', 400, { kind: 'reject', status: 400, definite: true }],
    ['slow', 201, { kind: 'accept' }],
    ['error-accepted', 500, { kind: 'accept' }],
    ['error-not-accepted', 503, { kind: 'reject', status: 503, definite: false }],
  ] as const)(
    'the provider stub with the rule %s answers %i and records the outcome',
    async (outcome, status, recorded) => {
      provider.program([{ outcome, delayMs: 5 }]);
      const response = await send();
      expect(response.status).toBe(status);
      expect(events).toMatchObject([{ kind: 'attempt' }, recorded]);
    },
  );

  test('the provider stub rejects a message with a code that gives the reason', async () => {
    provider.program([{ outcome: 'reject', delayMs: 0 }]);
    expect(await (await send()).json()).toMatchObject({ code: 21_211, status: 400, message: expect.any(String) });
  });

  test('the provider stub with the rule accept-lose-reply accepts the message and resets the connection', async () => {
    provider.program([{ outcome: 'accept-lose-reply', delayMs: 0 }]);
    await expect(send()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(kinds()).toEqual(['attempt', 'accept']);
  });

  test('the provider stub with the rule slow accepts only after the delay, even if the client has left', async () => {
    provider.program([{ outcome: 'slow', delayMs: 100 }]);
    const client = connect(port, '127.0.0.1');
    await once(client, 'connect');
    const head = `POST /2010-04-01/Accounts/AC7/Messages.json HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n`;
    const body = 'To=%2B9991&From=x&Body=hello';
    const type = 'Content-Type: application/x-www-form-urlencoded';
    client.write(`${head}${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await until(() => events.length === 1);
    client.resetAndDestroy();
    expect(kinds()).toEqual(['attempt']);
    await until(() => events.length === 2);
    expect(kinds()).toEqual(['attempt', 'accept']);
    const [attempt, accept] = events;
    expect((accept?.earliest ?? 0) - (attempt?.earliest ?? 0)).toBeGreaterThan(95_000);
  });

  test('the provider stub records no attempt for an incomplete request', async () => {
    const client = connect(port, '127.0.0.1');
    client.write('POST /2010-04-01/Accounts/AC7/Messages.json HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nTo=');
    client.end();
    await once(client.resume(), 'close');
    expect(events).toEqual([]);
    expect((await send()).status).toBe(201);
  });

  test('the provider stub follows the first rule that is in force when a message arrives', async () => {
    const now = rigMicros();
    const hour = 3_600_000_000;
    provider.program([
      rule('reject', now - hour, now),
      rule('reject', now + hour, now + 2 * hour),
      rule('error-accepted', now, now + hour),
      rule('reject', now, now + hour),
    ]);
    expect((await send()).status).toBe(500);
  });

  test('the provider stub attributes an unknown recipient to no item', async () => {
    await send('+9998');
    expect(events).toMatchObject([{ recipient: '+9998', item: null }, { item: null }]);
  });

  test('the provider stub refuses a request without credentials or recipient, definitely', async () => {
    expect((await send('+9991', {})).status).toBe(401);
    expect((await send('')).status).toBe(400);
    expect(events).toMatchObject([
      { kind: 'attempt', account: '' },
      { kind: 'reject', status: 401, definite: true, reason: 'twilio: Authenticate' },
      { kind: 'attempt', account: 'AC7', recipient: '' },
      { kind: 'reject', status: 400, definite: true, reason: "twilio: A 'To' phone number is required." },
    ]);
  });

  test('the provider stub does not record canaries, and applies no rules to them', async () => {
    provider.program([{ outcome: 'reject', delayMs: 0 }]);
    expect((await send(`${CANARY_PREFIX}1`)).status).toBe(201);
    expect(canaries).toEqual([{ system: 'service', recipient: `${CANARY_PREFIX}1` }]);
    expect(events).toEqual([]);
  });

  test('the provider stub answers a message by each of its APIs', async () => {
    const fields = { api_key: 'V7', api_secret: 'secret', to: '9991', from: 'x', text: 'hello' };
    const body = new URLSearchParams(fields);
    const response = await fetch(`http://127.0.0.1:${port}/sms/json`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ messages: [{ status: '0', to: '9991' }] });
    expect((await send()).status).toBe(201);
    const attempts = events.filter(({ kind }) => kind === 'attempt');
    expect(attempts).toMatchObject([
      { account: 'V7', item: 'a#1' },
      { account: 'AC7', item: 'a#1' },
    ]);
  });

  test.each([
    ['GET', null],
    ['POST', 'to=1'],
  ])('the provider stub answers 404 to a %s request of an unknown path, and records a gap', async (method, body) => {
    expect((await fetch(`http://127.0.0.1:${port}/sms?to=1`, { method, body })).status).toBe(404);
    const detail = `the service process sent the provider stub ${method} /sms, which is no request of twilio or vonage`;
    expect(events).toMatchObject([{ kind: 'observer-problem', problem: 'gap', detail }]);
  });
});
