// The words in which systems say what happened to a message.

/** A status word with the alias resolved: `failed` is `rejected`. */
export function wordOf(status: string): string {
  return status === 'failed' ? 'rejected' : status;
}
