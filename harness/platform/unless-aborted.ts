// Waits for work until a signal aborts.

/** Settles as `work` does, or as `otherwise` does as soon as the signal is aborted. It does not cancel the work. */
export async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  otherwise: () => T,
): Promise<T> {
  if (signal === undefined) return work;
  // After the abort nothing waits for the work, and its failure must not be an unhandled rejection.
  work.catch(() => undefined);
  const listening = new AbortController();
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true, signal: listening.signal });
  });
  try {
    const first = await Promise.race([aborted, work.then((value) => ({ value }))]);
    return first === 'aborted' ? otherwise() : first.value;
  } finally {
    listening.abort();
  }
}
