// Waiting that ends early when its caller no longer waits.

/** Answers what `work` answers, or what `otherwise` answers (or throws) as soon as the signal is aborted. It abandons, it does not cancel. */
export async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  otherwise: () => T,
): Promise<T> {
  if (signal === undefined) return work;
  // Abandoned work may still fail, and then its error has no listener.
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
