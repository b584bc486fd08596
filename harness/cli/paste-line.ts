// Makes a command line that can be pasted into a shell.

/** `npx onesend` with these arguments, each quoted if a POSIX shell would change it. */
export function pasteLine(commandArguments: readonly string[]): string {
  return ['npx', 'onesend', ...commandArguments.map(quoted)].join(' ');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
