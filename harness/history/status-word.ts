// The status words that systems use for a message.

/** A status word with the alias resolved: `failed` is `rejected`. */
export function wordOf(status: string): string {
  return status === 'failed' ? 'rejected' : status;
}
