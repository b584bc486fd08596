// Runs a program that sends a message like an SDK with a fixed host, and then requests another host. Only variables of the rig redirect it.
import { execa } from 'execa';
import { expect } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import { type Guard, startGuard } from '../guard/guard.ts';
import { Provider } from '../observers/provider.ts';
import { TWILIO } from '../observers/provider-apis/twilio.ts';
import { Recording } from '../observers/recording.ts';
import { freePort } from '../process/ports.ts';
import { openEgress } from './egress.ts';

/** Variables that a program gets in addition to those of the rig. */
type Surroundings = Readonly<Record<string, string>>;

/** What a program wrote, how it ended, and what the stub saw of it. */
interface Led {
  readonly all: string | undefined;
  readonly exitCode: number | undefined;
  readonly events: readonly Observation[];
  readonly refused: readonly string[];
}

/** The outcome of a redirected program: the stub has the message, and the request to the other host was refused. */
export const LED: object = {
  all: expect.stringMatching(/^SM\w+\nrefused$/),
  exitCode: 0,
  events: [{ kind: 'attempt', item: 'a#1', account: 'AC7' }, { kind: 'accept' }],
  refused: ['metrics.example.com:443'],
};

/** The outcome of a program that does not trust the authority: no message, and a problem that says why. */
export const DISTRUSTING: object = {
  events: [
    {
      kind: 'observer-problem',
      detail: expect.stringMatching(/^the legacy process does not trust .* to api\.twilio\.com$/),
    },
  ],
};

/** Runs a program with a guard, and ends both. */
export async function runLed(command: readonly string[], surroundings: Surroundings = {}): Promise<Led> {
  const guard = await startGuard();
  try {
    return await runLedBy(guard, command, surroundings);
  } finally {
    await guard.close();
  }
}

async function runLedBy(guard: Guard, [file = '', ...given]: readonly string[], more: Surroundings): Promise<Led> {
  const egress = await openEgress({ isProxied: true, providers: ['twilio'] }, guard);
  const events: Observation[] = [];
  const refused: string[] = [];
  const recording = new Recording({
    slot: 1,
    recording: 1,
    items: [{ item: 'a#1', recipient: '+9991', body: 'hello' }],
    emit: ({ observation }) => events.push(observation),
  });
  const ledger = { system: 'legacy', recording: () => recording, onCanary: () => {} } as const;
  const onRefused = (target: string): number => refused.push(target);
  const provider = new Provider(ledger, [TWILIO], { serving: egress?.serving, onRefused });
  const port = await freePort();
  await provider.listen(port);
  try {
    const env = { PATH: process.env['PATH'], ...egress?.environment(port), ...more };
    const options = { env, extendEnv: false, reject: false, all: true, timeout: 50_000 } as const;
    const { all, exitCode } = await execa(file, given, options);
    return { all, exitCode, events, refused };
  } finally {
    await provider.close();
  }
}
