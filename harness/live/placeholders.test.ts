import { expect, test } from 'vitest';
import { fillPlaceholders, fillVariables } from './placeholders.ts';

test('placeholders, with or without a name after a colon, are replaced by their values, and unknown ones stay', () => {
  const values = { port: '20001', 'port:admin': '20002', directory: '/tmp/slot' };
  expect(fillPlaceholders('${port} ${port:admin} ${directory}/log ${HOME} ${port:other}', values)).toBe(
    '20001 20002 /tmp/slot/log ${HOME} ${port:other}',
  );
  expect(fillVariables({ A: '${port}', B: 'b' }, values)).toEqual({ A: '20001', B: 'b' });
});
