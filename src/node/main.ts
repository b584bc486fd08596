// The entry point of one process: `node main.js --role legacy|service --system FILE-or-URL`. It boots the system that the file
// exports as `system` in one role, and ends with its parent process, when standard input ends.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Role, ROLES } from '../contract/message.ts';
import type { System } from '../contract/system.ts';
import { createPostgresStore } from '../store/postgres.ts';
import { createNodeEnv, messageOf } from './env.ts';
import { createNodeHttp } from './http-client.ts';
import { startHttpServer } from './http-server.ts';
import { readSettings, SettingsError } from './settings.ts';
import { WorkUnderWay } from './work-under-way.ts';

/** How long the process waits at its end for the last answers, and again for its database connections. */
const LEAVING_MS = 200;
const EXIT_USAGE = 2;

interface Command {
  readonly role: Role;
  readonly systemUrl: string;
}

async function main(): Promise<void> {
  const command = readCommand();
  const { databaseUrl, port, poolSize, settings } = readSettings(process.env);
  const system = await loadSystem(command.systemUrl);
  const store = createPostgresStore({
    url: databaseUrl,
    poolSize,
    onNotice: (text) => env.log(`DATABASE_NOTICE: ${text}`),
  });
  const http = createNodeHttp();
  const work = new WorkUnderWay();
  const env = createNodeEnv({ settings, http, store, work });
  const application = system.boot(env, command.role);
  const server = await startHttpServer({
    application,
    port,
    work,
    healthy: () => store.answers(),
    log: (line) => env.log(line),
  });
  env.log(`LISTENING: ${system.name} ${command.role} on 127.0.0.1:${port}`);
  process.once('SIGTERM', () => {
    void end(async () => {
      await application.shutdown?.({ stopAccepting: server.stopAccepting, untilIdle: () => work.untilIdle() });
      await server.close(LEAVING_MS);
      http.close();
      await Promise.race([store.close(), env.sleep(LEAVING_MS)]);
    });
  });
}

async function end(inOrder: () => Promise<void>): Promise<never> {
  await inOrder();
  process.exit(0);
}

function readCommand(): Command {
  const { values } = parseCommandLine();
  const role = ROLES.find((known) => known === values.role);
  if (role === undefined)
    throw new SettingsError(`--role: expected legacy or service, received ${values.role ?? 'nothing'}`);
  if (values.system === undefined) throw new SettingsError('--system: expected a file or a file URL, received nothing');
  const isUrl = values.system.startsWith('file:');
  return { role, systemUrl: isUrl ? values.system : pathToFileURL(resolve(values.system)).href };
}

function parseCommandLine() {
  try {
    return parseArgs({ options: { role: { type: 'string' }, system: { type: 'string' } } });
  } catch (error) {
    throw new SettingsError(messageOf(error));
  }
}

async function loadSystem(url: string): Promise<System> {
  const { system } = (await import(url)) as { system?: System };
  if (typeof system?.boot !== 'function')
    throw new SettingsError(`--system: expected a module that exports 'system': ${url}`);
  return system;
}

/** Prints one line on standard error and ends the process at once: after an unexpected error its state cannot be trusted. */
function crash(label: string, error: unknown): never {
  process.stderr.write(`${label}: ${messageOf(error).replaceAll(/\r?\n/g, '\\n')}\n`);
  process.exit(error instanceof SettingsError ? EXIT_USAGE : 1);
}

// The parent process holds the other end of standard input. When it ends, this process is no longer needed.
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
process.stdout.on('error', () => process.exit(0));
process.on('uncaughtException', (error, origin) => {
  crash(origin === 'unhandledRejection' ? 'UNHANDLED_REJECTION: process' : 'CRASH', error);
});

try {
  await main();
} catch (error) {
  crash('START_FAILED', error);
}
