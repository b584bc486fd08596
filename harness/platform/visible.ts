// Makes text of users safe to print: names in scenarios and systems can hold characters that reorder the text beside them.

/** The characters with the Unicode property Bidi_Control. */
const BIDI_CONTROLS = /\p{Bidi_Control}/gu;

/** The text with such characters as escapes, for example `\u202e`, which JSON parses to the same characters. */
export function visible(text: string): string {
  return text.replace(BIDI_CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
