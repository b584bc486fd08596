// What the rest of the rig knows of a PostgreSQL server, on every infrastructure.

/** A running server and the way to reach it. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  /** The role that the rig works as: a superuser, or one that may create databases and roles. */
  readonly superuser: string;
  /** Such as `18.4`. */
  readonly version: string;
  /** Whether only the rig uses it. The fastest way to copy a database makes checkpoints, which would slow down other users. */
  readonly isOwn: boolean;
  /** A connection URL, for the superuser unless a role is given. It holds a password: never print it. */
  url(database: string, role?: { name: string; password: string }): string;
  /** Shuts down a server that the rig has started, and removes what it wrote; leaves an external one running. */
  close(): Promise<void>;
}
