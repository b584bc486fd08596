import { expect, test } from 'vitest';
import { checkLines } from './check.ts';

const render = { color: false };

test('a step is one line, and one that failed says what to change and what else is known', () => {
  expect(checkLines({ step: 'rows', outcome: 'ok', finding: '4 rows', details: [] }, render)).toEqual([
    'rows            ok: 4 rows',
  ]);
  const failed = { step: 'trigger ON', outcome: 'failed', finding: 'status 500', hint: 'see the log' } as const;
  expect(checkLines({ ...failed, details: ['last lines'] }, render)).toEqual([
    'trigger ON      FAILED: status 500 (see the log)',
    '    last lines',
  ]);
  expect(checkLines({ step: 'flush', outcome: 'not-applicable', finding: 'none', details: [] }, render)).toEqual([
    'flush           not applicable: none',
  ]);
});
