// An HTTP answer in the few words that a message of the rig has room for.
import { visible } from '../platform/visible.ts';

const CHARACTERS_MAX = 200;

/** Of a page for browsers only the text is of use here. */
const MARKUP = /<(style|script|head)\b[\s\S]*?<\/\1>|<[^>]*>/gi;
const CONTROLS = /\p{Cc}/gu;

/** `status 500: "no such table"`, with the first characters of the body on one line. */
export function answerWords({ status, body }: { readonly status: number; readonly body: string }): string {
  const text = (/^\s*</.test(body) ? body.replace(MARKUP, ' ') : body).replace(/\s+/g, ' ').trim();
  if (text === '') return `status ${status}, without a body`;
  const first = text.slice(0, CHARACTERS_MAX).replace(CONTROLS, '');
  return `status ${status}: "${visible(first)}${text.length > CHARACTERS_MAX ? '...' : ''}"`;
}
