import { getResponse } from 'msw';
import { expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import type { ProviderApi } from './provider-apis/provider-api.ts';
import { providerHandlers } from './provider-handlers.ts';
import { Recording } from './recording.ts';

const api: ProviderApi = {
  name: 'acme',
  hosts: [],
  read: () => ({ account: 'a', recipient: '+100', body: 'text' }),
  answer: (reply) => ({ status: 200, body: { reply } }),
};

/** The status with which a stub answers a request, and the events that it records. */
async function answeredBy(changed: Partial<ProviderApi>) {
  const events: Observation[] = [];
  const emit = ({ observation }: { readonly observation: Observation }): void => void events.push(observation);
  const recording = new Recording({ slot: 0, recording: 0, items: [], emit });
  const ledger = { system: 'service', recording: () => recording, onCanary: () => undefined } as const;
  const handlers = providerHandlers({ apis: [{ ...api, ...changed }], ledger, rules: () => [] });
  const request = new Request('http://provider.invalid/send?key=1', { method: 'POST', body: 'x' });
  return { status: (await getResponse(handlers, request))?.status, events };
}

test('a provider stub answers and records a message that its API reads', async () => {
  const { status, events } = await answeredBy({});
  expect([status, events.map(({ kind }) => kind)]).toEqual([200, ['attempt', 'accept']]);
});

test.each<[string, Partial<ProviderApi>]>([
  [
    'read throws',
    {
      read: () => {
        throw new Error('no such field');
      },
    },
  ],
  [
    'answer throws',
    {
      answer: () => {
        throw new Error('no such field');
      },
    },
  ],
  ['read returns no object', { read: () => JSON.parse('"text"') }],
])('a provider module in which %s is named in a gap of the history, and the observers continue', async (_, changed) => {
  const { status, events } = await answeredBy(changed);
  expect(status).toBe(500);
  expect(events.at(-1)).toMatchObject({
    kind: 'observer-problem',
    problem: 'gap',
    detail: expect.stringMatching(
      /^the service process sent POST \/send, and the module of the provider acme failed: ./,
    ),
  });
});
