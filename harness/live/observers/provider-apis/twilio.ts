// Twilio's Messages API.
import { MESSAGES_PATH } from '../../../execution/provider-wire.ts';
import { segmentsIn } from '../../../execution/wire-place.ts';
import {
  type AskedMessage,
  basicCredentials,
  hasContentType,
  type ProviderAnswer,
  type ProviderApi,
  type ProviderRequest,
  type RefusedRequest,
} from './provider-api.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Twilio's API. */
export const TWILIO: ProviderApi = {
  name: 'twilio',
  hosts: ['api.twilio.com'],
  read(request) {
    const segments = segmentsIn(request.target, MESSAGES_PATH);
    if (segments === undefined) return undefined;
    const form = new URLSearchParams(request.text);
    const user = basicCredentials(request.headers.get('authorization'));
    const message = {
      // An API key (SK...) belongs to an account that only the path names.
      account: user?.user.startsWith('SK') === true ? (segments['account'] ?? '') : (user?.user ?? ''),
      recipient: form.get('To') ?? '',
      body: form.get('Body') ?? '',
    };
    const refused = problemOf(request, { form, message, path: segments['account'] ?? '', password: user?.password });
    return refused === undefined ? message : refusal(message, refused);
  },
  answer(reply, message) {
    switch (reply) {
      case 'accepted':
        return { status: 201, body: { sid: message.id, status: 'queued', to: message.recipient, body: message.body } };
      case 'rejected':
        return problem([400, 21_211, "The 'To' number is not a valid phone number."]);
      case 'failed':
        return problem([500, 20_500, 'Internal Server Error']);
      case 'unavailable':
        return problem([503, 20_503, 'Service Unavailable']);
    }
  },
};

/** An HTTP status, and a code of Twilio with its message. */
type Problem = readonly [status: number, code: number, text: string];

interface Read {
  readonly form: URLSearchParams;
  readonly message: AskedMessage;
  /** The account in the path. */
  readonly path: string;
  readonly password: string | undefined;
}

/** The first reason why Twilio would refuse a request; undefined if it would accept it. */
function problemOf(request: ProviderRequest, { form, message, path, password = '' }: Read): Problem | undefined {
  if (request.method !== 'POST') return [405, 20_004, 'Method not allowed'];
  if (message.account === '' || password === '' || message.account !== path) return [401, 20_003, 'Authenticate'];
  if (!hasContentType(request, FORM)) return [415, 20_415, `The Content-Type must be ${FORM}.`];
  if (message.recipient === '') return [400, 21_604, "A 'To' phone number is required."];
  if (!form.has('From') && !form.has('MessagingServiceSid')) return [400, 21_603, "A 'From' phone number is required."];
  if (message.body === '') return [400, 21_602, 'Message body is required.'];
  return undefined;
}

function refusal(message: AskedMessage, why: Problem): RefusedRequest {
  return { refused: why[2], answer: problem(why), message };
}

function problem([status, code, message]: Problem): ProviderAnswer {
  return { status, body: { code, message, status } };
}
