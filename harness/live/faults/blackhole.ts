// blackhole on the live lane: a timeout of 0 drops data forever without closing.
import type { FaultOf } from '../../faults/catalogue.ts';
import { byToxic } from './toxic.ts';

/** Drops data. */
export const blackhole = byToxic<FaultOf<'blackhole'>>(() => ({ type: 'timeout', attributes: { timeout: 0 } }));
