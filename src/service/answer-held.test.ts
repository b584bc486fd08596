import { expect, test } from 'vitest';
import { AUTHORITY_STATES, type AuthorityState } from '../contract/authority.ts';
import type { Status } from '../contract/message.ts';
import { answerHeld } from './answer-held.ts';

const message = { messageUuid: 'u1', tenantId: 1, recipient: '+9991', body: 'text', provider: 'twilio' };

test.each<[AuthorityState, Status]>([
  ['SENT', 'duplicate'],
  ['NOT_SENT', 'rejected'],
  ['UNKNOWN', 'unknown'],
  ['SENDING', 'in_progress'],
  ['CLAIMED', 'in_progress'],
])('a uuid in state %s, held by the service, is answered %s', (state, status) => {
  const held = { kind: 'held', state, holder: 'service', providerMessageId: null } as const;
  expect(answerHeld(message, held).status).toBe(status);
});

test('a duplicate answer carries the id of its acceptance', () => {
  const held = { kind: 'held', state: 'SENT', holder: 'service', providerMessageId: 'SM1' } as const;
  expect(answerHeld(message, held).provider_message_id).toBe('SM1');
});

test.each(AUTHORITY_STATES)(
  'a uuid in state %s, held by the legacy app, is answered in_progress, without its provider id',
  (state) => {
    const held = { kind: 'held', state, holder: 'legacy', providerMessageId: 'SM1' } as const;
    expect(answerHeld(message, held)).toEqual({
      message_uuid: 'u1',
      status: 'in_progress',
      provider_message_id: null,
    });
  },
);
