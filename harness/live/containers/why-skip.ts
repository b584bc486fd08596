// Tells suites on containers whether they can run here, and why not.
import { messageOf } from '../../platform/thrown.ts';
import { readyEngine } from './ready-engine.ts';

/** Why a suite on containers is to be skipped; undefined when it is to run. In CI nothing is skipped: there it runs, and fails. */
export async function whySkipContainers(environment = process.env): Promise<string | undefined> {
  if (environment['CI'] === 'true') return undefined;
  try {
    await readyEngine(() => undefined);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
