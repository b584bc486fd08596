// What the realisers of link faults share: the fault is in force on the simulated link while its window is open.
import type { FaultsInForce, LinkFault } from '../faults-in-force.ts';
import type { InForce, RunningFault } from './realiser.ts';

/** A realiser that puts a fault in force on the link, where it affects the messages that are sent until it is healed. */
export function onTheLink<F>(linkFault: (running: RunningFault<F>) => LinkFault): InForce<F> {
  return {
    when: 'in-force',
    apply: (running) => running.link.apply(running.index, linkFault(running)),
    heal: ({ link, index }) => link.heal(index),
  };
}

/** A realiser whose fault affects the messages of one stream only and refuses no connections. */
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
