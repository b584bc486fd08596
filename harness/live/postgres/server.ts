// What the rest of the rig knows of a PostgreSQL server, whatever infrastructure it came from.

/** A running server and the way to reach it. */
export type PostgresServer = {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
  /** Such as `18.4`. */
  readonly version: string;
  readonly pid: number;
  /** A connection URL, for the superuser unless a role is given. It holds a password: never print it. */
  url(database: string, role?: { name: string; password: string }): string;
  /** Shuts the server down, waits until it is gone and removes what it wrote. */
  close(): Promise<void>;
};
