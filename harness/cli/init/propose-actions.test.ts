// Tests which actions init proposes by the routes of the legacy app.
import { expect, test } from 'vitest';
import { proposeActions } from './propose-actions.ts';
import { routesIn } from './routes.ts';

/** The notes on the routes that these lines of routes/web.php declare. */
const notes = (...lines: readonly string[]): string[] =>
  proposeActions(routesIn([{ file: 'routes/web.php', text: lines.join('\n') }]), 'app').map(
    ({ key, check }) => `${key}: ${check}`,
  );

test('the routes of an operator are proposed as actions, each with its file and line', () => {
  expect(
    notes(
      "Route::post('/campaigns/{campaign}/send', [SmsController::class, 'send']);",
      "Route::post('/operations/tenants/{tenant}/refresh-flags', [OperationsController::class, 'refreshFlags']);",
      "Route::post('/operations/breakers/{calls}/{action}', [OperationsController::class, 'switchBreaker'])",
      "Route::post('/operations/recover', [OperationsController::class, 'recover']);",
      "Route::get('/operations/reconcile', [OperationsController::class, 'reconcile']);",
    ),
  ).toEqual([
    "flush: { path: '/operations/tenants/:tenantId/refresh-flags' }, from app/routes/web.php:2, if it empties what caches the modes",
    "openBreaker: { path: '/operations/breakers/:breaker/open' }, from app/routes/web.php:3, if it opens the breaker",
    "between: { path: '/operations/breakers/:breaker/close' }, from app/routes/web.php:3, if it closes the breaker that was opened",
    "recover: { path: '/operations/recover' }, from app/routes/web.php:4, if it is a round of recovery",
    "reconcile: { path: '/operations/reconcile', method: 'GET' }, from app/routes/web.php:5, if it compares both logs",
    'atRest: write those that the pair has',
  ]);
});

test('the routes of a breaker with a word for one direction are proposed for that direction', () => {
  expect(
    notes("app.post('/breaker/open', open)", "app.post('/breaker/close', close)", "app.get('/breaker', show)").slice(
      0,
      2,
    ),
  ).toEqual([
    "openBreaker: { path: '/breaker/open' }, from app/routes/web.php:1, if it opens the breaker",
    "between: { path: '/breaker/close' }, from app/routes/web.php:2, if it closes the breaker that was opened",
  ]);
});

test.each(['/flush', '/cache/clear', '/ops/flags/{tenant}/forget', '/modes/refresh'])(
  'the route %s is proposed as a flush',
  (path) => {
    expect(notes(`Route::post('${path}', f);`)[0]).toMatch(/^flush: /);
  },
);

test.each(['/auth/refresh', '/users/{user}/reset-password', '/campaigns/{campaign}/clear'])(
  'the route %s is proposed as nothing',
  (path) => {
    expect(notes(`Route::post('${path}', f);`)).toEqual([
      'flush, atRest, recover, reconcile, openBreaker: write those that the pair has',
    ]);
  },
);

test('further routes of operators are named, at most five of them', () => {
  const lines = Array.from({ length: 7 }, (_, index) => `Route::post('/admin/do-${index}', f);`);
  expect(notes(...lines, "Route::get('/admin/page', f);")[0]).toMatch(
    /^further operations: \/admin\/do-0 \(app\/routes\/web\.php:1\), .*do-4 \(app\/routes\/web\.php:5\) and 2 more$/,
  );
});
