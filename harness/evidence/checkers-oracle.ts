// The oracle of every real run: the checkers, the receipts and the labels of the catalogue of faults.
import { judgeHistory } from './check-history.ts';
import { faultLabel } from '../faults/catalogue.ts';
import { receipts } from '../history/receipts.ts';
import type { Oracle } from './oracle.ts';

/** Judges histories with all checkers of the rig. */
export const checkersOracle: Oracle = { judge: judgeHistory, receipts, label: faultLabel };
