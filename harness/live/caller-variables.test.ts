import { expect, test } from 'vitest';
import { ignoreCallerVariables } from './caller-variables.ts';

const CALLERS = {
  PGSSLMODE: 'require',
  PGOPTIONS: '-c x=1',
  NODE_PG_FORCE_NATIVE: '1',
  PATH: '/bin',
  NO_PROXY: 'intranet',
};

test.each(['embedded', 'containers'] as const)('servers of the rig (%s) ignore variables of the caller', (name) => {
  const environment: NodeJS.ProcessEnv = { ...CALLERS };
  ignoreCallerVariables(name, environment);
  expect(environment).toEqual({ PATH: '/bin', no_proxy: '*', NO_PROXY: '*' });
});

test("external servers keep their owner's settings, and loopback has no proxy", () => {
  const environment: NodeJS.ProcessEnv = { ...CALLERS };
  ignoreCallerVariables('external', environment);
  expect(environment).toEqual({
    ...CALLERS,
    no_proxy: '127.0.0.1,localhost,[::1]',
    NO_PROXY: 'intranet,127.0.0.1,localhost,[::1]',
  });
});
