// The walk of a check: what a failed step shows.
import { expect, test } from 'vitest';
import type { CheckStep } from '../../formats/check.ts';
import { failed, ok, Walk } from './walk.ts';

test('a step that failed shows the log files of the processes, without credentials, and one that passed does not', async () => {
  const steps: CheckStep[] = [];
  const walk = new Walk(
    (step) => steps.push(step),
    [{ place: '.env: TOKEN', kind: 'a token', secret: 's3cret', isConfirmed: true }],
  );
  walk.showBeside(() => ['last lines of app.log:', '  refused s3cret']);
  await walk.step('seed', [], () => ok('2 messages'));
  await walk.step('rest', [], () => failed('at work still', 'wait longer', ['3 events']));
  expect(steps.map(({ details }) => details)).toEqual([
    [],
    ['3 events', 'last lines of app.log:', '  refused [.env: TOKEN]'],
  ]);
});
