// The entry point of the observatory's thread: a thin shell around its host.
import { serveCalls } from '../../platform/worker-calls.ts';
import type { ObserverAnswer, ObserverCommand, ObservatoryEvent } from './commands.ts';
import { ObservatoryHost } from './host.ts';

const host = new ObservatoryHost({
  onEvent: (event) => send({ kind: 'recorded', event }),
  onEgress: (refused) => send({ kind: 'egress', refused }),
  onStopped: (stop) => send({ kind: 'stopped', stop }),
});
const send = serveCalls<ObserverCommand, ObserverAnswer, ObservatoryEvent>((command) => host.perform(command));
