// The types of toxics, by their names in the API.
import type { ToxicKind } from '../toxic-kind.ts';
import { bandwidth } from './bandwidth.ts';
import { latency } from './latency.ts';
import { limitData } from './limit-data.ts';
import { noop } from './noop.ts';
import { resetPeer } from './reset-peer.ts';
import { slicer } from './slicer.ts';
import { slowClose } from './slow-close.ts';
import { timeout } from './timeout.ts';

/** All types of toxics. Toxiproxy's `down` is none of them: it is a disabled proxy. */
export const toxicKinds: ReadonlyMap<string, ToxicKind> = new Map([
  ['bandwidth', bandwidth],
  ['latency', latency],
  ['limit_data', limitData],
  ['noop', noop],
  ['reset_peer', resetPeer],
  ['slicer', slicer],
  ['slow_close', slowClose],
  ['timeout', timeout],
]);
