// The runs of a check are repeated while the machine may be too slow for them.

/** On a loaded machine the first answers of cold processes come too late, and the legacy app falls back. */
const RUNS_MAX = 3;

/** Makes a run until its result is good, three times at most. Returns the last result. */
export async function repeatUntil<T>(isGood: (result: T) => boolean, makeRun: () => Promise<T>): Promise<T> {
  for (let run = 1; ; run += 1) {
    const result = await makeRun();
    if (run === RUNS_MAX || isGood(result)) return result;
  }
}
