import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Files, GO, LARAVEL, NODE, writeFiles } from './projects.fixture.ts';
import { recogniseProject } from './recognise-project.ts';
import { describedPath, proposeTrigger, type Route, routesIn } from './routes.ts';

const routes = (text: string): string[] =>
  routesIn([{ file: 'routes', text }]).map(({ method, path }) => `${method ?? '*'} ${path}`);

test.each([
  ["Route::post('/campaigns/{campaign}/send', [Controller::class, 'send']);", ['POST /campaigns/{campaign}/send']],
  ["Route::middleware('auth')->get('campaigns', 'Controller@index');", ['GET /campaigns']],
  ["Route::any('/send/{id}', fn () => 1);", ['* /send/{id}']],
  ["router.post('/campaigns/:id/send', send)", ['POST /campaigns/:id/send']],
  ['fastify.post(`/campaigns/:id/send`, send)', ['POST /campaigns/:id/send']],
  ['r.Post("/campaigns/{id}/send", send)', ['POST /campaigns/{id}/send']],
  ['mux.HandleFunc("POST /campaigns/{id}/send", send)', ['POST /campaigns/{id}/send']],
  ['http.Handle("/campaigns/", handler)', ['* /campaigns/']],
  ['await http.post(`/campaigns/${id}/send`)', []],
  ["cache.get('campaigns/1')", []],
])('the routes of a source: %s', (text, found) => {
  expect(routes(text)).toEqual(found);
});

describe('the route that sends a campaign', () => {
  const route = (method: string | null, path: string): Route => ({ method, path, file: 'routes', line: 1 });

  test.each<[string, Route[], string | undefined]>([
    [
      'has a word for sending',
      [route('POST', '/campaigns/{id}'), route('POST', '/lists/{id}/dispatch')],
      '/lists/{id}/dispatch',
    ],
    [
      'preferably names campaigns or SMS',
      [route('POST', '/mail/{id}/send'), route('POST', '/sms/:id/send')],
      '/sms/:id/send',
    ],
    ['has a parameter', [route('POST', '/campaigns/send')], undefined],
    [
      'is not declared for GET or PUT',
      [route('GET', '/campaigns/{id}/send'), route('PUT', '/campaigns/{id}/send')],
      undefined,
    ],
    ['can be declared for any method', [route(null, '/campaigns/{id}/send')], '/campaigns/{id}/send'],
    ['has such a word at the beginning of a word', [route('POST', '/campaigns/{id}/restart')], undefined],
  ])('the route that sends a campaign: %s', (_, declared, path) => {
    expect(proposeTrigger(declared)?.path).toBe(path);
  });

  test.each([
    ['/campaigns/{campaign}/send', '/campaigns/:campaignId/send'],
    ['/tenants/{tenant}/campaigns/{id?}/send', '/tenants/:tenantId/campaigns/:campaignId/send'],
    ['/c/:id/send', '/c/:campaignId/send'],
  ])('the route that sends a campaign, %s, is described as %s', (path, described) => {
    expect(describedPath(path)).toBe(described);
  });
});

describe('the routes of a project', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onesend-routes-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const routesOf = async (files: Files): Promise<string[]> => {
    await writeFiles(folder, files);
    return (recogniseProject(folder, 'legacy')?.routes ?? []).map(({ path, file }) => `${path} in ${file}`);
  };
  const api = { ...LARAVEL, 'routes/web.php': '', 'routes/api.php': "<?php Route::post('/sms/{id}/send', 'X@y');" };
  const provider = (prefix: string): Files => ({
    'app/Providers/RouteServiceProvider.php': `Route::${prefix}group(base_path('routes/api.php'));`,
  });

  test('the routes of a Laravel project are in the folder routes, and those of api.php have its prefix', async () => {
    expect(await routesOf(LARAVEL)).toEqual(['/campaigns/{campaign}/send in routes/web.php']);
    expect(await routesOf(api)).toEqual(['/api/sms/{id}/send in routes/api.php']);
    expect(await routesOf({ ...api, 'bootstrap/app.php': "apiPrefix: 'v2'," })).toEqual([
      '/v2/sms/{id}/send in routes/api.php',
    ]);
    expect(await routesOf({ ...api, ...provider("prefix('v1')->") })).toEqual(['/v1/sms/{id}/send in routes/api.php']);
    expect(await routesOf({ ...api, 'bootstrap/app.php': '', ...provider('') })).toEqual([
      '/sms/{id}/send in routes/api.php',
    ]);
  });

  test.each([
    ["Route::prefix('sms')->group(function () { Route::post('{id}/send', 'X@y'); });", ['/sms/{id}/send']],
    [
      "Route::middleware('auth')->prefix('/sms/')->group(function () { Route::post('/{id}/send', 'X@y'); });",
      ['/sms/{id}/send'],
    ],
    [
      "Route::group(['middleware' => ['auth'], 'prefix' => 'v1'], function () { Route::group(['prefix' => 'sms'], static function (): void { Route::post('{id}/send', 'X@y'); }); Route::get('ping', 'X@y'); }); Route::get('up', 'X@y');",
      ['/v1/sms/{id}/send', '/v1/ping', '/up'],
    ],
    [
      "Route::middleware('auth')->group(function () { Route::prefix('sms')->post('{id}/send', 'X@y'); });",
      ['/sms/{id}/send'],
    ],
  ])('the routes of a Laravel project have the prefixes of their groups: %s', async (text, paths) => {
    const found = await routesOf({ ...LARAVEL, 'routes/web.php': `<?php ${text}` });
    expect(found).toEqual(paths.map((path) => `${path} in routes/web.php`));
    const below = await routesOf({ ...LARAVEL, 'routes/web.php': '', 'routes/api.php': `<?php ${text}` });
    expect(below).toEqual(paths.map((path) => `/api${path} in routes/api.php`));
  });

  test('the routes of a Go or Node project are in any of its sources, but not in tests', async () => {
    const declared = 'mux.HandleFunc("POST /campaigns/{id}/send", send)';
    const go = { ...GO, 'internal/web/routes.go': declared, 'internal/web/routes_test.go': declared };
    expect(await routesOf(go)).toEqual(['/campaigns/{id}/send in internal/web/routes.go']);
    await rm(join(folder, 'go.mod'));
    const node = {
      ...NODE,
      'src/routes/send.js': "app.post('/c/:id/send', send)",
      'src/send.test.js': "app.post('/t', t)",
    };
    expect(await routesOf(node)).toEqual(['/ready in src/server.js', '/c/:id/send in src/routes/send.js']);
  });
});
