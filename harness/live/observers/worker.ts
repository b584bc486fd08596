// The entry point of the observatory's thread: connects its host to the calls of the rig's thread.
import { serveCalls } from '../../platform/worker-calls.ts';
import type { ObserverAnswer, ObserverCommand, ObservatoryEvent } from './commands.ts';
import { ObservatoryHost } from './host.ts';

const host = new ObservatoryHost({
  onEvent: (event) => send({ kind: 'recorded', event }),
  onEgress: (refused) => send({ kind: 'egress', refused }),
  onStopped: (stop) => send({ kind: 'stopped', stop }),
});
const send = serveCalls<ObserverCommand, ObserverAnswer, ObservatoryEvent>((command) => host.perform(command));
