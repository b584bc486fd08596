// The monotonic clock of a process, and a timer that is never early. setTimeout can fire up to a millisecond too early.

/** Whole microseconds since an arbitrary moment. */
export function nowMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

/** Calls `callback` once `ms` milliseconds have passed by `nowMicros`, never before. Returns a function that cancels the timer. */
export function startTimer(ms: number, callback: () => void): () => void {
  const dueMicros = nowMicros() + ms * 1_000;
  let handle = setTimeout(check, ms);
  function check(): void {
    const remainingMicros = dueMicros - nowMicros();
    if (remainingMicros <= 0) callback();
    else handle = setTimeout(check, remainingMicros / 1_000);
  }
  return () => clearTimeout(handle);
}
