// Parses the JSON of a row from PostgreSQL without loss. JavaScript would round a long bigint, and the id of one row could become that of
// another.

/** Matches a string as a whole, so that digits inside it are left alone. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Any integer with fewer digits is exact. */
const LONG = /\d{16}/;

/** The value of JSON text, in which an integer that JavaScript cannot hold is a string of its digits. */
export function parseExactly(text: string): unknown {
  return JSON.parse(LONG.test(text) ? text.replace(STRING_OR_NUMBER, spelledExactly) : text);
}

function spelledExactly(token: string): string {
  if (token.startsWith('"') || !/^-?\d+$/.test(token)) return token;
  return Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}
