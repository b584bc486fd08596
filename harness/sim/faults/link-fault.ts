// A fault of the link between the two systems, as the simulated network has it in force while its window is open.
import type { FaultsInForce, LinkFault } from '../faults-in-force.ts';
import type { InForce, RunningFault } from './realiser.ts';

/** Realises a kind of fault by what it does to messages that set out while it is in force. */
export function onTheLink<F>(linkFault: (running: RunningFault<F>) => LinkFault): InForce<F> {
  return {
    when: 'in-force',
    apply: (running) => running.link.apply(running.index, linkFault(running)),
    heal: ({ link, index }) => link.heal(index),
  };
}

/** Treats the messages of one stream only. */
export function onStream<F extends { stream: Parameters<FaultsInForce['treat']>[0] }>(
  treat: (running: RunningFault<F>) => LinkFault['treat'],
): InForce<F> {
  return onTheLink((running) => {
    const treatOfStream = treat(running);
    return {
      isRefusing: false,
      treat: (stream, message) => (stream === running.fault.stream ? treatOfStream(stream, message) : undefined),
    };
  });
}
