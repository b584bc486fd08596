import { expect, test } from 'vitest';
import { fillPlaceholders, fillVariables } from './placeholders.ts';

test('a placeholder stands for its value, one with a name of its own for that of the name, and what is none stays', () => {
  const values = { port: '20001', 'port:admin': '20002', directory: '/tmp/slot' };
  expect(fillPlaceholders('${port} ${port:admin} ${directory}/log ${HOME} ${port:other}', values)).toBe(
    '20001 20002 /tmp/slot/log ${HOME} ${port:other}',
  );
  expect(fillVariables({ A: '${port}', B: 'b' }, values)).toEqual({ A: '20001', B: 'b' });
});
