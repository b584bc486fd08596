// HTML and SVG as values: what is in a template is text and escaped, unless it is such a value itself. The one place of the
// page where anything is escaped.

/** Markup that is safe in a page. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What can be in a template. Nothing is written for `false`, `null` and `undefined`; the parts of a list follow each other. */
export type MarkupValue = string | number | Markup | false | null | undefined | readonly MarkupValue[];

/** A template whose values are escaped: markup`<p>${text}</p>`. Each may be in text or in a quoted attribute, and nowhere else. */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(parts.map((part, index) => (index === 0 ? part : markupOf(values[index - 1]) + part)).join(''));
}

/** Markup, a style or a script of our own, which must not hold anything from outside. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** Data as a script that runs nothing. No text in it can end the script, because no `<` is left. */
export function dataScript(id: string, data: unknown): Markup {
  const json = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  return markup`<script type="application/json" id="${id}">${trusted(json)}</script>`;
}

function markupOf(value: MarkupValue): string {
  if (value === false || value === null || value === undefined) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value instanceof Markup ? value.toString() : value.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that show nothing and change how others are shown: control characters, and marks that turn the direction of writing. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what must not pass
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}

/** The text with its unseen characters spelled out, as a page shows it. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, '0'));
}
