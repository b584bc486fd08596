// HTML and SVG as values of the class Markup: a template escapes every value in it that is not Markup. No other code of the page escapes
// text.

/** HTML or SVG that is safe in a page. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** A value in a template. `false`, `null` and `undefined` write nothing; the values of a list are joined. */
export type MarkupValue = string | number | Markup | false | null | undefined | readonly MarkupValue[];

/** A template whose values are escaped: markup`<p>${text}</p>`. A value is allowed only in text or in a quoted attribute. */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(parts.map((part, index) => (index === 0 ? part : markupOf(values[index - 1]) + part)).join(''));
}

/** Takes a text as markup without escaping it. Only for our own markup, style and script, never for text from outside. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** JSON data in a script element that the browser does not run. Every `<` is escaped, so no text in it can end the element. */
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

/** Invisible characters that change how others are shown: control characters, and marks that change the direction of writing. */
// oxlint-disable-next-line no-control-regex -- the expression is meant to match control characters
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}

/** The text with each invisible character written as an escape such as `\u200f`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, '0'));
}
