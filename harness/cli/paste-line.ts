// Makes command lines that can be pasted into a shell.

/** `npx onesend` with these arguments, each quoted if a POSIX shell would change it. */
export function pasteLine(commandArguments: readonly string[]): string {
  return shellLine(['npx', 'onesend', ...commandArguments]);
}

/** The words as one line, each quoted if a POSIX shell would change it. */
export function shellLine(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
