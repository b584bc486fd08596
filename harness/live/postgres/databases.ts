// Databases of a server: one is prepared as a template, and each slot gets a copy, which is much faster than preparing it again.
import { Client, escapeIdentifier } from 'pg';
import type { PostgresServer } from './server.ts';

/** Makes the database `name`, calls `prepare` to fill it as superuser, and closes it to connections so that it can be copied. */
export async function createTemplate(
  server: PostgresServer,
  options: { name: string; prepare: (client: Client) => Promise<void> },
): Promise<void> {
  const name = escapeIdentifier(options.name);
  await asSuperuser(server, 'postgres', (client) => client.query(`CREATE DATABASE ${name}`));
  await asSuperuser(server, options.name, options.prepare);
  // A single connection, even of autovacuum, would make a copy wait or fail.
  await asSuperuser(server, 'postgres', (client) =>
    client.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`),
  );
}

/**
 * Makes the database `name`, a copy of `template` with its tables, rows, functions and their privileges. Settings and
 * privileges of the template database itself are not copied. Several copies can be made at once. On the rig's own server the files
 * are copied between two checkpoints, which takes a third of the time of copying through the write-ahead log.
 */
export async function cloneDatabase(
  server: PostgresServer,
  { template, name }: { template: string; name: string },
): Promise<void> {
  const [copy, original] = [escapeIdentifier(name), escapeIdentifier(template)];
  const strategy = server.isOwn ? ' STRATEGY file_copy' : '';
  await asSuperuser(server, 'postgres', (client) =>
    client.query(`CREATE DATABASE ${copy} TEMPLATE ${original}${strategy}`),
  );
}

/** Removes the database `name`, ending the connections to it. Does nothing when there is none. */
export async function dropDatabase(server: PostgresServer, name: string): Promise<void> {
  await asSuperuser(server, 'postgres', (client) =>
    client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
  );
}

/** Calls `work` with a connection to `database` in the rig's own role, and closes the connection. */
export async function asSuperuser(
  server: PostgresServer,
  database: string,
  work: (client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client({ connectionString: server.url(database) });
  // A connection that is lost while idle is reported by the next query.
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
