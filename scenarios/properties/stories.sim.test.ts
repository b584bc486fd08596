// Stories of whole runs: a drawing contradicts neither the history nor the receipts of its run.
import { describe, expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { judge } from '../../harness/evidence/judge.ts';
import type { Deviation } from '../../harness/formats/case.ts';
import type { Finding } from '../../harness/formats/finding.ts';
import type { History } from '../../harness/formats/history.ts';
import { CAMPAIGN, campaignScenario } from '../../harness/generators/campaign-scenario.ts';
import { receipts } from '../../harness/history/receipts.ts';
import type { Story, StoryElement } from '../../harness/history/story/story.ts';
import { storyOf } from '../../harness/history/story/story-of.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { swarmCases } from '../../harness/sim/explore/swarm.ts';
import { ANSWER_SITE, PROVIDER_SITE, REQUEST_SITE } from '../../harness/sim/sites.ts';
import { COMMIT_SITE, STATEMENT_SITE } from '../../harness/sim/store/store-sites.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';
import { mutantOf } from '../mutants/all-mutants.ts';
import { sabotage } from '../mutants/sabotage.ts';

/** Charges a message by reading the balance and writing it back, without a lock against other charges. */
async function chargeUnlocked(
  _context: Context,
  tx: Transaction,
  { messageUuid, tenantId, mode, state }: { messageUuid: string; tenantId: number; mode: string; state: string },
): Promise<void> {
  if (mode === 'SHADOW' || state === 'UNKNOWN') return;
  const next = { state: state === 'SENT' ? 'charged' : 'released' } as const;
  const moved = await tx.update('quota_ledger', { message_uuid: messageUuid, state: 'reserved' }, next);
  if (moved.length === 0 || state === 'NOT_SENT') return;
  const [account] = await tx.select('quota_accounts', { tenant_id: tenantId });
  await tx.update('quota_accounts', { tenant_id: tenantId }, { units: (account?.units ?? 0) - 1 });
}

const unlocked = sabotage({ settleQuota: chargeUnlocked }, { name: 'unlocked-charge', module: import.meta.url });

/** The histories of random runs: `count` with their faults, and a quarter of the scenarios again without. */
async function swarmHistories(system: System, count: number): Promise<History[]> {
  const lane = await openSimLane(system);
  const requests = [...swarmCases({ seed: 7, count })];
  const calm = requests.slice(0, count / 4).map(({ scenario }) => ({ scenario: { ...scenario, faults: [] } }));
  const waiting = [...requests, ...calm].values();
  const histories: History[] = [];
  await lane.explore(
    () => waiting.next().value ?? undefined,
    ({ history }) => histories.push(history),
  );
  await lane.close();
  return histories;
}

/** Where a story contradicts the order of its events, in words. A simulated run has an exact order. */
function disorders({ elements }: Story, { events }: History): string[] {
  const observerOf = (element: StoryElement): string | undefined => events[element.seq]?.observer;
  const found: string[] = [];
  for (const [index, element] of elements.entries()) {
    const above = elements[index - 1];
    if (above !== undefined && (above.place >= element.place || above.timeMs > element.timeMs)) found.push('unsorted');
    // A fault that no observer saw has no event.
    if (element.seqs.length === 0) continue;
    const later = elements
      .slice(0, index)
      .find((other) => other.seqs.length > 0 && observerOf(other) === observerOf(element) && other.seq > element.seq);
    if (later !== undefined) found.push(`${later.what} ${later.seq} above ${element.what} ${element.seq}`);
  }
  return [...found, ...sendsWithoutCause(elements)];
}

/** Sends of the service that are drawn above the request for their message, in words. */
function sendsWithoutCause(elements: readonly StoryElement[]): string[] {
  return elements.flatMap((element, index) => {
    if (element.kind !== 'message' || element.what !== 'send' || element.from !== 'service') return [];
    if (element.end !== null && element.end.place <= element.place)
      return [`send ${element.seq} ended before it began`];
    const asks = (other: StoryElement): boolean =>
      other.what === 'request' && element.items.some((item) => other.items.includes(item));
    return elements.slice(0, index).some(asks) ? [] : [`send ${element.seq} above its request`];
  });
}

/** Where a story contradicts the receipt of a fault, in words. */
function contradictions({ faults, elements }: Story, history: History): string[] {
  return receipts(history).flatMap(({ fault, state }) => {
    const on = elements.filter((element) => element.faults.includes(fault));
    const own = on.filter(({ what }) => what === 'fault');
    const says = own.map(({ labels: [label] }) =>
      label.includes('had nothing to act on') ? 'idle' : label.includes('left no trace') ? 'missing' : 'bit',
    );
    const isRight = on.length === 1 && faults[fault]?.state === state && (says[0] ?? 'bit') === state;
    return isRight ? [] : [`fault ${fault} is ${state}, drawn ${on.length} times as ${says.join()}`];
  });
}

/** The items of a finding that the story of this finding does not show. */
function unmentioned(history: History, finding: Finding): string[] {
  const { items, elements } = storyOf(history, { findings: [finding] });
  const shown = new Set(elements.flatMap((element) => (element.importance === 'background' ? [] : element.items)));
  return finding.items.filter((item) => !items.includes(item) || !shown.has(item));
}

describe('the story of a random run', () => {
  test.each<[string, number, () => System | Promise<System>]>([
    ['the reference', 200, () => reference],
    ['the runbook as written', 120, () => asWritten],
    ['a system that charges by answers', 60, async () => (await mutantOf('M53')).system],
    ['a system that does not recover', 60, async () => (await mutantOf('B06')).system],
    ['a system whose charges race', 60, () => unlocked],
  ])(
    'the story of a random run of %s draws causes above effects, shows the items of its findings, and agrees with the receipts',
    async (_, count, load) => {
      const histories = await swarmHistories(await load(), count);
      expect(histories.length).toBe(count * 1.25);
      for (const history of histories) {
        const { findings } = judge({ history }, checkersOracle);
        const story = storyOf(history, { findings });
        expect(disorders(story, history)).toEqual([]);
        expect(contradictions(story, history)).toEqual([]);
        expect(findings.flatMap((finding) => unmentioned(history, finding))).toEqual([]);
      }
    },
  );
});

test('a lost charge is drawn with the charge that overwrote it', async () => {
  const lane = await openSimLane(unlocked);
  const { tenant, atMs } = CAMPAIGN;
  const second = { kind: 'entry', campaign: 'campaign-2', tenant, messages: 4, atMs } as const;
  const { history } = await lane.simulate(campaignScenario({ seed: 1, messages: 4, steps: [second] }));
  await lane.close();
  const { findings } = judge({ history }, checkersOracle);
  const story = storyOf(history, { findings });
  expect(story.findings[0]).toMatchObject({ property: 'S9' });
  const lost = story.findings[0]?.items[0] ?? '';
  const rivals = story.items.filter((item) => item !== lost);
  expect(rivals.length).toBeGreaterThan(0);
  const balances = story.elements.filter(({ importance, what }) => importance === 'change' && what === 'row');
  expect(new Set(balances.flatMap(({ items }) => items))).toEqual(new Set([lost, ...rivals]));
  // The rival charge took the unit; the lost charge wrote the same balance again.
  expect(balances.find(({ items }) => items.includes(lost))?.labels[0]).toMatch(/^balance (\d+) -> \1 /);
});

const item = `${CAMPAIGN.campaign}#1`;
const STATEMENT = 'legacy-1 select messaging_breakers';

/** Each deviation, the words that draw it, and its lifeline if the drawing has a point for it. */
const DECISIONS: readonly (readonly [Deviation, string, (StoryElement & { kind: 'point' })['at'] | undefined])[] = [
  ...decisionsAt(REQUEST_SITE, item, {
    delay: 'request late 700 ms',
    drop: 'request lost',
    reset: 'connection reset',
    refuse: ['connection refused', 'rig'],
    duplicate: 'request delivered twice',
    'duplicate-late': 'request delivered twice',
    reorder: 'request held back 5 ms',
    'gateway-error': 'gateway answers 503',
  }),
  ...decisionsAt(ANSWER_SITE, item, {
    delay: 'answer late 698 ms',
    drop: 'answer lost',
    reset: 'connection reset',
    cut: 'answer cut after 1 B',
    drip: 'answer dripping 900 ms',
    'just-before-budget': 'answer late 497 ms',
    'at-budget': 'answer late 498 ms',
    'just-after-budget': 'answer late 499 ms',
    'gateway-error': 'gateway answers 504',
    garbage: 'gateway answers in HTML',
  }),
  ...decisionsAt(PROVIDER_SITE, item, {
    reject: 'provider of service: answers 400',
    'too-many-requests': 'provider of service: answers 429',
    slow: 'provider of service: slow 1200 ms',
    'accept-lose-reply': 'provider of service: reply lost',
    'error-accepted': 'provider of service: answers 500',
    'error-not-accepted': 'provider of service: answers 503',
    refuse: 'provider of service: refuses',
    'reset-before': 'provider of service: resets',
  }),
  ...decisionsAt(STATEMENT_SITE, STATEMENT, {
    slow: ['legacy database slow 900 ms: select messaging_breakers', 'legacy app'],
    disconnect: ['legacy database connection lost: select messaging_breakers', 'legacy app'],
  }),
  ...decisionsAt(COMMIT_SITE, 'service-1', {
    'serialization-failure': ['service COMMIT refused: serialization failure', 'service'],
    deadlock: ['service COMMIT refused: deadlock', 'service'],
    'lose-acknowledgement': ['service COMMIT done, its answer lost', 'service'],
    'lose-commit': ['service COMMIT lost', 'service'],
  }),
];

type Lifeline = (StoryElement & { kind: 'point' })['at'];

function decisionsAt<C extends string>(
  { name }: { readonly name: string; readonly choices: readonly [string, ...C[]] },
  key: string,
  words: Readonly<Record<string, string | readonly [string, Lifeline]>>,
): [Deviation, string, Lifeline | undefined][] {
  return Object.entries(words).map(([choice, seen]) => {
    const [text, at] = typeof seen === 'string' ? [seen, undefined] : seen;
    return [{ site: name, key, attempt: 0, choice }, text, at];
  });
}

test.each(
  DECISIONS.map(([deviation, words, at]) => ({ deviation, words, at, name: deviation.site, choice: deviation.choice })),
)('the decision $name $choice is drawn as $words', async ({ deviation, words, at }) => {
  const lane = await openSimLane(reference);
  const { history, deviations } = await lane.simulate(campaignScenario(), { deviations: [deviation] });
  await lane.close();
  expect(deviations).toEqual([deviation]);
  const { faults, elements } = storyOf(history, { findings: [] });
  expect(faults.map((fault) => [fault.words, fault.state])).toEqual([[words, 'bit']]);
  const on = elements.filter((element) => element.faults.length > 0);
  expect(on).toHaveLength(1);
  expect(on[0]?.kind === 'point' && on[0].what === 'fault' ? on[0].at : undefined).toBe(at);
});

test('a request that a gateway answered is drawn as lost, and the later one as arrived', async () => {
  const lane = await openSimLane(reference);
  const deviations = [{ site: 'request', key: item, attempt: 0, choice: 'gateway-error' }];
  const { history } = await lane.simulate(campaignScenario(), { deviations });
  await lane.close();
  const { elements } = storyOf(history, { findings: [] });
  const requests = elements.flatMap((element) =>
    element.kind === 'message' && element.what === 'request' ? [element.outcome.state] : [],
  );
  expect(requests).toEqual(['lost', 'arrived']);
});
