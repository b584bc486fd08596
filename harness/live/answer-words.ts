// Summarizes an HTTP answer in one line, for messages of the rig.
import { visible } from '../platform/visible.ts';

const CHARACTERS_MAX = 200;

/** The parts of an HTML page that are not text. */
const MARKUP = /<(style|script|head)\b[\s\S]*?<\/\1>|<[^>]*>/gi;
const CONTROLS = /\p{Cc}/gu;

/** One line, such as `status 500: "no such table"`, with the first 200 characters of the body; an HTML body is reduced to its text. */
export function answerWords({ status, body }: { readonly status: number; readonly body: string }): string {
  const text = (/^\s*</.test(body) ? body.replace(MARKUP, ' ') : body).replace(/\s+/g, ' ').trim();
  if (text === '') return `status ${status}, without a body`;
  const first = text.slice(0, CHARACTERS_MAX).replace(CONTROLS, '');
  return `status ${status}: "${visible(first)}${text.length > CHARACTERS_MAX ? '...' : ''}"`;
}
