// A provider API that a description gives as data: the places of the fields in a request, and the answers.
import { placeReader, segmentsIn } from '../../../execution/wire-place.ts';
import type { DescribedProvider } from '../../../formats/provider.ts';
import { basicCredentials, hasContentType, type ProviderApi, type ProviderRequest } from './provider-api.ts';

const TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

/** Makes the API from its description. */
export function describedApi(described: DescribedProvider): ProviderApi {
  const { name, hosts, method, path, content, requires } = described;
  return {
    name,
    hosts,
    read(request) {
      const segments = segmentsIn(request.target, path);
      if (segments === undefined) return undefined;
      const at = textReader(request, { segments, content });
      const message = {
        account: accountIn(at(described.account)),
        recipient: at(described.recipient),
        body: at(described.body),
      };
      const refuse = (status: number, refused: string) => ({
        refused,
        answer: { status, body: { error: refused } },
        message,
      });
      if (request.method !== method) return refuse(405, `expected ${method}, received ${request.method}`);
      if (method !== 'GET' && !hasContentType(request, TYPES[content]))
        return refuse(415, `expected Content-Type ${TYPES[content]}`);
      const wanted = [described.account, described.recipient, described.body, ...requires];
      const missing = wanted.find((place) => at(place) === '');
      if (missing === undefined) return message;
      return refuse(missing === described.account ? 401 : 400, `expected a value at ${missing}, found none`);
    },
    answer(reply, message) {
      if (reply === 'unavailable') return { ...described.failed, status: 503 };
      const { status, body } = described[reply];
      return { status, body: filled(body, { ...message }) };
    },
  };
}

/** Returns a reader of the text at a place of the request; it returns '' for a missing place. */
function textReader(
  { target, headers, text }: ProviderRequest,
  { segments, content }: { segments: Record<string, string>; content: 'json' | 'form' },
): (place: string) => string {
  const value = content === 'form' ? Object.fromEntries(new URLSearchParams(text)) : parsed(text);
  return (place) => {
    const found = placeReader(place)(value, { target, segments, headers });
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The account in a text: the user of Basic credentials, the token of Bearer, or otherwise the text itself. */
function accountIn(text: string): string {
  return basicCredentials(text)?.user ?? /^Bearer (\S+)$/i.exec(text)?.[1] ?? text;
}

/** Replaces the placeholders `${id}`, `${recipient}` and `${body}` in all texts of an answer. */
function filled(value: unknown, message: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{(id|recipient|body)\}/g, (_, name: string) => message[name] ?? '');
  if (Array.isArray(value)) return value.map((each) => filled(each, message));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, message)]));
}
