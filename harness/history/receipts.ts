// The receipts of a run: for every planned fault, whether it bit. A run that looks well although a fault was never applied proves nothing.
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import { faultLabel } from '../faults/catalogue.ts';
import { isNetworkFault, sightNetworkFault } from './network-receipts.ts';
import { sightBreakerOpen, sightCrash, sightMissingUuid, sightRedelivery, sightTamper } from './other-receipts.ts';
import { perHistory } from './per-history.ts';
import { sightProviderFault } from './provider-receipts.ts';
import type { Receipt, Sighting } from './receipt.ts';
import { sightRefuse } from './refuse-receipts.ts';

/** One receipt per planned fault, in the order of the scenario. */
export const receipts: (history: History) => readonly Receipt[] = perHistory((history) =>
  history.scenario.faults.map((fault, index) => {
    const { state, evidence, witnesses } = sight(history, fault, index);
    const seqs = [...new Set(witnesses.map((event) => event.seq))].toSorted((a, b) => a - b);
    return { fault: index, kind: faultLabel(fault), state, evidence, witnesses: seqs };
  }),
);

function sight(history: History, fault: Fault, index: number): Sighting {
  if (isNetworkFault(fault)) return sightNetworkFault({ history, index, fault });
  switch (fault.kind) {
    case 'refuse':
      return sightRefuse({ history, index, fault });
    case 'provider':
      return sightProviderFault({ history, index, fault });
    case 'crash':
      return sightCrash({ history, index, fault });
    case 'redelivery':
      return sightRedelivery({ history, index, fault });
    case 'breaker-open':
      return sightBreakerOpen({ history, index, fault });
    case 'missing-uuid':
      return sightMissingUuid({ history, index, fault });
    default:
      return sightTamper({ history, index, fault });
  }
}
