// The entry point of the observatory's thread: a thin shell around its host.
import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import { OnesendError } from '../../platform/errors.ts';
import type { CommandMessage, ObservatoryMessage } from './commands.ts';
import { ObservatoryHost } from './host.ts';

const port = parentPort;
assert(port !== null, 'this module runs in a worker thread');

const send = (message: ObservatoryMessage): void => port.postMessage(message);
const host = new ObservatoryHost({
  onEvent: (event) => send({ kind: 'event', event }),
  onStopped: (stop) => send({ kind: 'stopped', stop }),
});

port.on('message', ({ number, command }: CommandMessage) => {
  host.perform(command).then(
    (answer) => send({ kind: 'answer', number, answer }),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      send({ kind: 'failure', number, message, hint: error instanceof OnesendError ? error.hint : undefined });
    },
  );
});
send({ kind: 'ready' });
