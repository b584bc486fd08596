// Wire mutants between the back tap and the service: the service seems to do something else than requested, or to answer something else.
import { randomUUID } from 'node:crypto';
import type { Protocol } from '../../formats/protocol.ts';
import { makeLive, renameMessages } from './client-mutants.ts';
import type { CallExchange, Reply } from './exchange.ts';
import { edited, isSuccess, rewritingAnswer, rewritingRequest } from './rewriting.ts';
import { ONE_ON, ONE_SHADOW, TWO_ON } from './scenarios.ts';
import { openResults, type WireBatch, type WireResults } from './wire-batch.ts';
import type { WireMutant } from './wire-mutant.ts';

/** Each of them acts behind the taps, which see the original request. */
export const SERVICE_MUTANTS: readonly WireMutant[] = [
  {
    id: 'X20',
    name: 'send-what-is-rehearsed',
    does: 'the service is asked to send, under another uuid, what it was to rehearse',
    breaks: ['S5', 'S4', 'S1'],
    scenario: ONE_SHADOW,
    sabotage: { at: 'service', act: rewritingRequest((batch) => makeLive(batch) && renameMessages(batch)) },
  },
  {
    id: 'X21',
    name: 'rehearse-what-is-sent',
    does: 'the service is asked to rehearse what it was to send',
    breaks: ['S12', 'S8', 'L1'],
    scenario: ONE_ON,
    sabotage: { at: 'service', act: rewritingRequest(makeDry) },
  },
  {
    id: 'X22',
    name: 'drop-a-result',
    does: 'an answer omits one of its messages',
    breaks: ['S19'],
    scenario: TWO_ON,
    sabotage: { at: 'service', act: rewritingAnswer(({ list }) => list !== undefined && list.pop() !== undefined) },
  },
  {
    id: 'X23',
    name: 'add-a-result',
    does: 'an answer names a message that was not requested',
    breaks: ['S19'],
    scenario: ONE_ON,
    sabotage: { at: 'service', act: rewritingAnswer(addResult) },
  },
  {
    id: 'X24',
    name: 'rename-a-result',
    does: 'an answer has another uuid for one of its messages',
    breaks: ['S19'],
    scenario: ONE_ON,
    absence: ({ protocol }) => (protocol.answer.uuid === null ? 'an answer names no uuids' : undefined),
    sabotage: {
      at: 'service',
      act: rewritingAnswer(({ protocol, results, write }) => write(protocol.answer.uuid, randomUUID(), results[0])),
    },
  },
  {
    id: 'X25',
    name: 'call-accepted-rejected',
    does: 'the service answers `rejected` for what it has sent',
    breaks: ['S12'],
    scenario: ONE_ON,
    absence: ({ protocol }) => noWordFor(protocol, 'rejected'),
    sabotage: { at: 'service', act: rewritingAnswer((results) => say(results, 'rejected')) },
  },
  {
    id: 'X26',
    name: 'call-unsent-duplicate',
    does: 'the service answers `duplicate` for what it has not sent',
    breaks: ['S11'],
    scenario: ONE_ON,
    absence: ({ protocol }) => noWordFor(protocol, 'duplicate'),
    sabotage: { at: 'service', act: callUnsentDuplicate },
  },
  {
    id: 'X27',
    name: 'fail-a-rehearsal',
    does: 'the service answers a rehearsal with 500',
    breaks: ['S13'],
    scenario: ONE_SHADOW,
    sabotage: {
      at: 'service',
      async act({ request, forward, tookEffect }) {
        const answer = await forward(request);
        if (typeof answer === 'string') return answer;
        tookEffect();
        return { ...answer, status: 500 };
      },
    },
  },
];

function makeDry({ protocol, write }: WireBatch): boolean {
  const [value = true] = protocol.request.dryRunIs;
  return write(protocol.request.dryRun, value ?? undefined);
}

/** Adds a copy of the first result with another uuid. */
function addResult({ protocol, list, write }: WireResults): boolean {
  const [first] = list ?? [];
  if (first === undefined) return false;
  const copy: unknown = structuredClone(first);
  write(protocol.answer.uuid, randomUUID(), copy);
  list?.push(copy);
  return true;
}

/** Turns the request into a rehearsal, so that the service answers without sending, and changes every result to a duplicate. */
async function callUnsentDuplicate(exchange: CallExchange): Promise<Reply> {
  const rehearsal = edited(exchange, makeDry);
  const answer = await exchange.forward(rehearsal ?? exchange.request);
  if (rehearsal === undefined || !isSuccess(answer)) return answer;
  const results = openResults(answer, exchange.protocol);
  say(results, 'duplicate');
  return results.toAnswer();
}

/** Puts the pair's own word for a meaning into every result. */
function say({ protocol, results, write }: WireResults, meaning: string): boolean {
  const word = wordFor(protocol, meaning);
  if (word === undefined) return false;
  return results.map((result) => write(protocol.answer.status, word, result)).some(Boolean);
}

function noWordFor(protocol: Protocol, meaning: string): string | undefined {
  if (protocol.answer.results === null || protocol.answer.status === null) return 'an answer has no words';
  return wordFor(protocol, meaning) === undefined ? `the service has no word for ${meaning}` : undefined;
}

/** A word of answers with this meaning. HTTP status codes do not count. */
function wordFor({ statuses }: Protocol, meaning: string): string | undefined {
  if (statuses === undefined) return meaning;
  return Object.entries(statuses).find(([word, means]) => means === meaning && !/^\d{3}$/.test(word))?.[0];
}
