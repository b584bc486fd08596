// Text of users on a terminal: names in scenarios and systems may hold characters that reorder what is beside them.

/** The characters with the Unicode property Bidi_Control. */
const BIDI_CONTROLS = /\p{Bidi_Control}/gu;

/** The text with such characters written as `\u202e`, which is what JSON writes for them too. */
export function visible(text: string): string {
  return text.replace(BIDI_CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
