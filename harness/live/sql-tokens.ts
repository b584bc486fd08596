// Finds the named parameters in a SQL statement by the rules of PostgreSQL's lexer: quoted text and comments contain no parameters, and
// `::` is a cast.

/** A piece of a statement: the name of a parameter without its colon, or any other text. */
export type SqlPiece = { readonly parameter: string } | { readonly text: string };

/** In the order in which they are tried at each position. A character at which none matches is plain text. */
const TOKENS = [
  // Only E'...' has backslash escapes. \b excludes an identifier that ends with E.
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

/** Cuts a statement into its pieces, in order and without gaps. */
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

/** The index behind the block comment that opens at `from`; block comments nest. */
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
