// repeat on the live lane: some time after the provider stub has seen the first attempt, the rig itself calls the service with the same
// uuid. By then the taps have seen the original request, and so its uuid.
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import {
  isRepeated,
  repeatedRequest,
  resultOfRepeat,
  type SeenAttempt,
  type KnownRequest,
} from '../../execution/repeated-request.ts';
import type { FaultOf } from '../../faults/catalogue.ts';
import { rigCall } from '../rig-call.ts';
import type { Armed, RunningFault, Triggered } from './realiser.ts';

type RepeatFault = FaultOf<'repeat'>;

/** Repeats the uuid of the item's first attempt, once. */
export const repeat: Triggered<RepeatFault> = { when: 'triggered', arm };

function arm(running: RunningFault<RepeatFault>): Promise<Armed> {
  const { slot, fault } = running;
  const requests: KnownRequest[] = [];
  let repeating: Promise<void> | undefined;
  const forget = slot.observatory.watch(slot.number, (seen) => {
    if (seen.kind === 'request') requests.push(seen);
    if (seen.kind !== 'attempt' || repeating !== undefined || !isRepeated(fault, seen)) return;
    repeating = repeatUuid(running, seen, requests);
  });
  return Promise.resolve({
    rearm: () => Promise.resolve(),
    async disarm() {
      forget();
      await repeating;
    },
  });
}

async function repeatUuid(
  { slot, fault, recorder }: RunningFault<RepeatFault>,
  attempt: SeenAttempt,
  requests: readonly KnownRequest[],
): Promise<void> {
  await sleep(fault.afterMs);
  const repeated = repeatedRequest(fault, attempt, requests);
  if (repeated === undefined) return;
  const agent = new Agent({ pipelining: 0 });
  const url = `http://127.0.0.1:${slot.processes.service.port}${repeated.path}`;
  const answer = await rigCall(url, { method: 'POST', body: repeated.body }, agent);
  await agent.close();
  recorder.note(
    { observer: 'rig', ...repeated.reported, ...resultOfRepeat(repeated, answer) },
    { earliest: answer.startedMicros, latest: answer.endedMicros },
  );
}
