// The table of all realisers of the live lane, by kind of fault.
import type { FaultKind, FaultOf } from '../../faults/catalogue.ts';
import { blackhole } from './blackhole.ts';
import { breakerOpen } from './breaker-open.ts';
import { crash } from './crash.ts';
import { cut } from './cut.ts';
import { latency } from './latency.ts';
import { missingUuid } from './missing-uuid.ts';
import { pause } from './pause.ts';
import { provider } from './provider.ts';
import type { LiveRealiser } from './realiser.ts';
import { redelivery } from './redelivery.ts';
import { refuse } from './refuse.ts';
import { repeat } from './repeat.ts';
import { reset } from './reset.ts';
import { tamper } from './tamper.ts';
import { terminate } from './terminate.ts';

/** How the live lane realises each kind of fault. */
export const LIVE_REALISERS = {
  latency,
  blackhole,
  reset,
  cut,
  refuse,
  'breaker-open': breakerOpen,
  provider,
  crash,
  redelivery,
  'missing-uuid': missingUuid,
  tamper,
  terminate,
  pause,
  repeat,
} satisfies { readonly [K in FaultKind]: LiveRealiser<FaultOf<K>> };
