import { expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import type { Scenario, Step } from '../formats/scenario.ts';
import { dimensionsReached } from './dimension-goals.ts';
import { accept, at, entry, historyOf, request, userResponse } from './history.fixture.ts';

type Entry = Extract<Step, { kind: 'entry' }>;

interface Changes {
  readonly messages: number;
  readonly entry?: Partial<Entry>;
  readonly hosts?: Partial<Scenario>;
  readonly history?: (history: History) => Partial<History>;
}

/** A history of a campaign with these changes. */
function changed({ messages, entry: own = {}, hosts = {}, history: more }: Changes, events: Observation[]): History {
  const plain = historyOf({ messages }, events);
  const steps = plain.scenario.steps.map((step) => (step.kind === 'entry' ? { ...step, ...own } : step));
  const made = { ...plain, scenario: { ...plain.scenario, ...hosts, steps } };
  return { ...made, ...more?.(made) };
}

const uuids = (count: number): string[] => Array.from({ length: count }, (_, index) => `u${index + 1}`);
const asked = (count: number): Observation => at(3, request('back', 'b1', { uuids: uuids(count) }));

test('an ordinary run reaches no goal about numbers, hosts and providers', () => {
  const events = [
    at(1, entry('c1#1', 'u1')),
    asked(1),
    at(4, accept('service', 'c1#1', 'a')),
    at(5, userResponse({ status: 200 })),
  ];
  expect(dimensionsReached(changed({ messages: 1 }, events))).toEqual([]);
});

test('a batch is large when one live request has more messages than a process sends at once', () => {
  expect(dimensionsReached(changed({ messages: 9 }, [asked(9)]))).toEqual(['batch larger than the workers']);
  expect(dimensionsReached(changed({ messages: 9 }, [asked(8)]))).toEqual([]);
});

test('equal numbers count when two items of one number were accepted', () => {
  const one = at(4, accept('service', 'c1#1', 'a'));
  const two = at(5, accept('service', 'c1#2', 'b'));
  const equal = {
    messages: 2,
    entry: { numbers: 'equal' },
    history: ({ items }: History) => ({ items: items.map((item) => ({ ...item, recipient: '+9991' })) }),
  } as const;
  expect(dimensionsReached(changed(equal, [one, two]))).toEqual(['equal numbers']);
  expect(dimensionsReached(changed(equal, [one, one]))).toEqual([]);
  expect(dimensionsReached(changed({ messages: 2 }, [one, two]))).toEqual([]);
});

test('an entry counts as refused for want of quota when its campaign was answered with 200 and its tenant has too few units', () => {
  const poor = {
    messages: 2,
    history: ({ tenants }: History) => ({ tenants: tenants.map((own) => ({ ...own, quota: 1 })) }),
  };
  const entered = at(1, entry('c1#1', 'u1'));
  const answered = (status: number): Observation => at(5, userResponse({ status }));
  expect(dimensionsReached(changed(poor, [entered, answered(200)]))).toEqual(['entry refused for want of quota']);
  expect(dimensionsReached(changed(poor, [entered, answered(500)]))).toEqual([]);
  expect(dimensionsReached(changed({ messages: 2 }, [entered, answered(200)]))).toEqual([]);
  expect(dimensionsReached(changed(poor, [entered, at(1, entry('c1#2', 'u2')), answered(200)]))).toEqual([]);
});

test('a second provider counts as used when a message that belongs to it was accepted', () => {
  const other = (place: number) => ({
    messages: 2,
    history: ({ items }: History) => ({
      items: items.map((item, index) => (index === place ? { ...item, account: 'VO1' } : item)),
    }),
  });
  const accepted = at(4, accept('service', 'c1#1', 'a'));
  expect(dimensionsReached(changed(other(0), [accepted]))).toEqual(['second provider used']);
  expect(dimensionsReached(changed(other(1), [accepted]))).toEqual([]);
});

test('two service instances and different clocks count once the service got a live request', () => {
  const two = { messages: 1, hosts: { serviceInstances: 2 } } as const;
  const apart = { messages: 1, hosts: { skewMicros: { legacy: 5, service: 0 } } } as const;
  const together = { messages: 1, hosts: { skewMicros: { legacy: 5, service: 5 } } } as const;
  expect(dimensionsReached(changed(two, [asked(1)]))).toEqual(['two service instances']);
  expect(dimensionsReached(changed(two, []))).toEqual([]);
  expect(dimensionsReached(changed(apart, [asked(1)]))).toEqual(['clocks apart']);
  expect(dimensionsReached(changed(together, [asked(1)]))).toEqual([]);
});
