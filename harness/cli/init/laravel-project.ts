// Recognises a Laravel application: artisan and composer.json. It proposes PHP's own server, which takes its port from the command, without
// workers: they outlive a SIGTERM of the process that started them, and keep the port.
import { join } from 'node:path';
import { existing, namesIn, readyPathIn, textOf } from './project-files.ts';
import type { Project } from './project.ts';
import { groupPrefixes } from './laravel-groups.ts';
import { type RouteSource, routesIn } from './routes.ts';
import { variablesReadIn } from './variables.ts';

/** 32 bytes of zero: Laravel does not start without a key. */
const THROWAWAY_KEY = `base64:${'A'.repeat(43)}=`;

const CODE = ['app', 'bootstrap/app.php', 'config', 'database', 'public/index.php', 'routes', 'composer.lock'];

/** The Laravel application in a folder. */
export function recogniseLaravel(folder: string): Project | undefined {
  if (existing(folder, ['artisan', 'composer.json']).length < 2) return undefined;
  const sources = routeSources(folder);
  // Newer applications call it DB_URL.
  const urlVariable = textOf(folder, 'config/database.php').includes("'DB_URL'") ? 'DB_URL' : 'DATABASE_URL';
  return {
    kind: 'Laravel',
    command: ['php', '-S', '127.0.0.1:${port}', '-t', 'public', 'public/index.php'],
    commandCheck:
      'serves one request at a time; a script that runs php-fpm and a web server, and ends both on SIGTERM, is closer to production',
    code: existing(folder, CODE),
    readyPath: readyPathIn([...sources.map(({ text }) => text), textOf(folder, 'bootstrap/app.php')]),
    routes: routesIn(sources),
    reads: variablesReadIn(namesIn(join(folder, 'config'), 'files').map((name) => textOf(folder, 'config', name))),
    environment: [
      { key: 'APP_KEY', value: THROWAWAY_KEY },
      { key: 'LOG_CHANNEL', value: 'stderr' },
      { key: 'DB_CONNECTION', value: 'pgsql' },
      { key: urlVariable, value: '${databaseUrl}' },
    ],
  };
}

/** The files in routes. The paths of routes/api.php have a prefix, set by a provider or, since Laravel 11, by bootstrap/app.php. */
function routeSources(folder: string): RouteSource[] {
  return namesIn(join(folder, 'routes'), 'files').map((name) => {
    const text = textOf(folder, 'routes', name);
    const prefixAt = groupPrefixes(text);
    return { file: `routes/${name}`, text, prefixAt, ...(name === 'api.php' && { prefix: apiPrefix(folder) }) };
  });
}

function apiPrefix(folder: string): string {
  const provider = textOf(folder, 'app/Providers/RouteServiceProvider.php');
  const named =
    /prefix\(['"]([^'"]+)['"]\)[^;]*routes\/api\.php/.exec(provider)?.[1] ??
    /apiPrefix:\s*['"]([^'"]*)['"]/.exec(textOf(folder, 'bootstrap/app.php'))?.[1];
  if (named === undefined && provider.includes('routes/api.php')) return '';
  return `/${(named ?? 'api').replaceAll(/^\/|\/$/g, '')}`.replace(/^\/$/, '');
}
