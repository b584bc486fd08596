// Wire mutants between one of the systems and its provider: the system seems to send something else, more often or not at all.
import type { SystemDescription } from '../../formats/system-description.ts';
import { isAbsent } from '../../faults/absent.ts';
import type { ProviderExchange, Reply } from './exchange.ts';
import { isSuccess, otherNumber, rewritingMessage } from './rewriting.ts';
import { FALLBACK, ONE_OFF, ONE_ON } from './scenarios.ts';
import type { WireMutant } from './wire-mutant.ts';

/** Each of them acts before the provider stub, which sees the changed requests. */
export const PROVIDER_MUTANTS: readonly WireMutant[] = [
  {
    id: 'X40',
    name: 'service-sends-twice',
    does: 'a send of the service reaches the provider twice',
    breaks: ['S1'],
    scenario: ONE_ON,
    sabotage: { at: 'service-provider', act: sendTwice },
  },
  {
    id: 'X41',
    name: 'legacy-sends-twice',
    does: 'a send of the legacy app reaches the provider twice',
    breaks: ['S1'],
    scenario: ONE_OFF,
    sabotage: { at: 'legacy-provider', act: sendTwice },
  },
  {
    id: 'X42',
    name: 'both-send',
    does: 'the service seems to send what the legacy app sends',
    breaks: ['S2', 'S4', 'S1'],
    scenario: ONE_OFF,
    sabotage: {
      at: 'legacy-provider',
      async act({ request, forward, forwardAsOther, tookEffect }) {
        const reply = await forward(request);
        tookEffect();
        await forwardAsOther(request);
        return reply;
      },
    },
  },
  {
    id: 'X43',
    name: 'send-to-another-number',
    does: 'a send of the service goes to another number',
    breaks: ['S18', 'S12', 'L1'],
    scenario: ONE_ON,
    sabotage: { at: 'service-provider', act: rewritingMessage('recipient', otherNumber) },
  },
  {
    id: 'X44',
    name: 'send-another-text',
    does: 'a send of the legacy app has another text',
    breaks: ['S18'],
    scenario: ONE_OFF,
    sabotage: { at: 'legacy-provider', act: rewritingMessage('body', (text) => `${text} now`) },
  },
  {
    id: 'X45',
    name: 'accept-without-sending',
    does: 'the service gets the answer that its message was accepted, and the provider never got it',
    breaks: ['S12', 'S8', 'L1'],
    scenario: ONE_ON,
    sabotage: { at: 'service-provider', act: acceptUnseen },
  },
  {
    id: 'X47',
    name: 'fake-the-fallback',
    does: 'the legacy app, which falls back, gets the answer that its message was accepted, and the provider never got it',
    // A pair whose uuids are known from the wire only shows no uuid for this message, which was never on the wire. S10 sees its charge.
    breaks: ['S8', 'S12', 'L3', 'S10'],
    scenario: FALLBACK,
    absence: noRefusal,
    sabotage: { at: 'legacy-provider', act: acceptUnseen },
  },
  {
    id: 'X48',
    name: 'swallow-the-receipt',
    does: 'the provider accepts a message of the service, and its answer is lost',
    breaks: ['L2', 'S12', 'L4', 'S1'],
    scenario: ONE_ON,
    sabotage: {
      at: 'service-provider',
      async act({ request, forward, tookEffect }) {
        await forward(request);
        tookEffect();
        return 'silence';
      },
    },
  },
  {
    id: 'X49',
    name: 'rewrite-the-receipt',
    does: 'the service gets another id for its message than the one that the provider has recorded',
    breaks: ['S8'],
    scenario: ONE_ON,
    sabotage: { at: 'service-provider', act: renameReceipt },
  },
];

async function sendTwice({ request, forward, tookEffect }: ProviderExchange): Promise<Reply> {
  const reply = await forward(request);
  tookEffect();
  await forward(request);
  return reply;
}

function acceptUnseen({ request, forwardUnseen, tookEffect }: ProviderExchange): Promise<Reply> {
  tookEffect();
  return forwardUnseen(request);
}

/** Answers once more as the provider would, with another id. */
async function renameReceipt({ request, forward, forwardUnseen, tookEffect }: ProviderExchange): Promise<Reply> {
  const reply = await forward(request);
  if (!isSuccess(reply)) return reply;
  tookEffect();
  return forwardUnseen(request);
}

function noRefusal({ absent }: SystemDescription): string | undefined {
  const isThere = FALLBACK.faults.every((fault) => !isAbsent(fault, absent));
  return isThere ? undefined : 'its connections are declared never to be refused';
}
