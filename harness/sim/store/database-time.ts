// The form of times in rows: ISO 8601 in UTC with six digits after the second, as the store of a real process reads them. The order of such
// texts is the order of their times.

/** Writes times. It keeps the text of the last minute, because consecutive times usually share it. */
export class DatabaseTime {
  #minute = Number.NaN;
  #prefix = '';

  /** The text of a time in microseconds since the Unix epoch. */
  text(micros: number): string {
    const minute = Math.floor(micros / 60_000_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#prefix = new Date(minute * 60_000).toISOString().slice(0, 17);
    }
    const rest = Math.floor(micros - minute * 60_000_000);
    // The leading 1 keeps the zeros: two digits of the second, then six after the point.
    const digits = String(100_000_000 + rest);
    return `${this.#prefix}${digits.slice(1, 3)}.${digits.slice(3)}Z`;
  }
}

/** Converts a time to the form of the database; returns any other text unchanged. */
export function normalTime(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00(?::00)?)$/.exec(text);
  return match === null ? text : `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(6, '0')}Z`;
}
