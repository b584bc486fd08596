// A command line that can be pasted into a shell.

/** `npx onesend` with these arguments, quoted where a shell would read them otherwise. */
export function pasteLine(commandArguments: readonly string[]): string {
  return ['npx', 'onesend', ...commandArguments.map(quoted)].join(' ');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
