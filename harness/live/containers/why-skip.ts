// Whether test suites on containers can run here, and why not.
import { messageOf } from '../../platform/thrown.ts';
import { readyEngine } from './ready-engine.ts';

/** Why to skip a suite on containers; undefined when it can run. In CI nothing is skipped: a suite that cannot run fails there. */
export async function whySkipContainers(environment = process.env): Promise<string | undefined> {
  if (environment['CI'] === 'true') return undefined;
  try {
    await readyEngine(() => undefined);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
