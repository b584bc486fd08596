// Cuts a SQL statement where PostgreSQL's lexer does, as far as it matters for named parameters: what is quoted or commented out holds
// none, and `::` is a cast.

/** A piece of a statement: a parameter by its name, or any other text. */
export type SqlPiece = { readonly parameter: string } | { readonly text: string };

/** In the order in which they are tried at each position; the rest of the statement is one character of text. */
const TOKENS = [
  // E'...' alone has backslash escapes; \b keeps the E of an identifier from being one.
  String.raw`\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)`,
  String.raw`'(?:[^']|'')*(?:'|$)`,
  String.raw`"(?:[^"]|"")*(?:"|$)`,
  String.raw`--[^\n]*`,
  // The dollar of an identifier, as in a$1, opens no quote.
  String.raw`(?<![\w$])(?<tag>\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?(?:\k<tag>|$)`,
  '::',
  String.raw`(?<open>\/\*)`,
  String.raw`:(?<parameter>[a-z][A-Za-z]*)`,
];

const TOKEN = new RegExp(TOKENS.join('|'), 'g');
const COMMENT_EDGE = /\/\*|\*\//g;

/** The pieces of a statement in order; together they are the statement. */
export function sqlPieces(statement: string): SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let textFrom = 0;
  const token = new RegExp(TOKEN);
  for (let match = token.exec(statement); match !== null; match = token.exec(statement)) {
    if (match.groups?.['open'] !== undefined) token.lastIndex = endOfComment(statement, match.index);
    const parameter = match.groups?.['parameter'];
    if (parameter === undefined) continue;
    pieces.push({ text: statement.slice(textFrom, match.index) }, { parameter });
    textFrom = token.lastIndex;
  }
  return [...pieces, { text: statement.slice(textFrom) }];
}

/** Where the comment that opens at `from` is closed; block comments nest. */
function endOfComment(statement: string, from: number): number {
  const edge = new RegExp(COMMENT_EDGE);
  edge.lastIndex = from;
  let depth = 0;
  for (let match = edge.exec(statement); match !== null; match = edge.exec(statement)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return statement.length;
}
