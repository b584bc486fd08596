// The database's clock as it is in rows: ISO 8601 in UTC with six digits, as the store of a real process reads it. Texts of this
// form are in the order of the times they mean.

/** Writes a time; consecutive ones share the text of their minute. */
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
    // Eight digits with a point after the second.
    const digits = String(100_000_000 + rest);
    return `${this.#prefix}${digits.slice(1, 3)}.${digits.slice(3)}Z`;
  }
}

/** The same time in the form of the database; what is no time stays as it is. */
export function normalTime(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00(?::00)?)$/.exec(text);
  return match === null ? text : `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(6, '0')}Z`;
}
