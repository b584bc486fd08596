// Vonage's SMS API. It answers a message that it rejects with 200 too, and gives the reason in the status of the message.
import { parseFields } from '../../../../src/contract/json.ts';
import {
  type AskedMessage,
  basicCredentials,
  hasContentType,
  type ProviderAnswer,
  type ProviderApi,
} from './provider-api.ts';

const PATH = '/sms/json';

/** Vonage's API. */
export const VONAGE: ProviderApi = {
  name: 'vonage',
  hosts: ['rest.nexmo.com'],
  read(request) {
    if (request.target.split('?')[0] !== PATH) return undefined;
    const field = fieldsOf(request.text, hasContentType(request, 'application/json'));
    const basic = basicCredentials(request.headers.get('authorization'));
    const to = field('to');
    const message = {
      account: basic?.user ?? field('api_key'),
      // Vonage's numbers have no plus sign.
      recipient: to === '' || to.startsWith('+') ? to : `+${to}`,
      body: field('text'),
    };
    const refuse = (refused: string, answer: ProviderAnswer) => ({ refused, answer, message });
    if (request.method !== 'POST') return refuse('the method is not POST', { status: 405, body: {} });
    if (!hasContentType(request, 'application/json') && !hasContentType(request, 'application/x-www-form-urlencoded'))
      return refuse('the body is neither a form nor JSON', { status: 415, body: {} });
    if (message.account === '' || (basic?.password ?? field('api_secret')) === '')
      return refuse('Bad Credentials', { status: 401, body: notTaken(['4', 'Bad Credentials']) });
    const missing = ['to', 'from', 'text'].find((name) => field(name) === '');
    if (missing === undefined) return message;
    return refuse(`Missing ${missing} param`, { status: 400, body: notTaken(['2', `Missing ${missing} param`]) });
  },
  answer(reply, message) {
    switch (reply) {
      case 'accepted':
        return { status: 200, body: taken(message) };
      case 'rejected':
        return { status: 200, body: notTaken(['3', 'Invalid to param']) };
      case 'failed':
        return { status: 500, body: notTaken(['5', 'Internal Error']) };
      case 'unavailable':
        return { status: 503, body: notTaken(['5', 'Internal Error']) };
    }
  },
};

/** Returns a reader of the fields of a form or of a JSON object; it returns '' for a missing field. */
function fieldsOf(text: string, isJson: boolean): (name: string) => string {
  const form = new URLSearchParams(text);
  if (!isJson) return (name) => form.get(name) ?? '';
  const json = parseFields(text);
  return (name) => {
    const value = json?.[name];
    return typeof value === 'string' ? value : '';
  };
}

function taken({ id, recipient }: AskedMessage & { readonly id: string }): object {
  const message = {
    to: recipient.replace('+', ''),
    'message-id': id,
    status: '0',
    'message-price': '0.0333',
    network: '0',
  };
  return { 'message-count': '1', messages: [{ ...message, 'remaining-balance': '3.14' }] };
}

function notTaken([status, words]: readonly [string, string]): object {
  return { 'message-count': '1', messages: [{ status, 'error-text': words }] };
}
