// How each mutant that acts on the wire changes a recorded exchange.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isFields } from '../../../src/contract/json.ts';
import { CATALOGUE } from '../../formats/property-catalogue.ts';
import { RUNBOOK_PROTOCOL } from '../../formats/protocol.ts';
import { scenarioSchema } from '../../formats/scenario.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { WIRE_MUTANTS, wireMutant } from './all-wire-mutants.ts';
import type { Passing, Reply, WireRequest } from './exchange.ts';
import { otherNumber, withReplaced } from './rewriting.ts';

/** What a mutant passed on and how, what the caller got, and how often the mutant left its marker. */
interface Done {
  readonly passed: readonly { readonly to: string; readonly request: WireRequest; readonly passing: Passing }[];
  readonly reply: Reply;
  readonly markers: number;
}

const BATCH = {
  tenant_id: 7,
  dry_run: false,
  messages: [
    { message_uuid: 'u-1', recipient: '+4612', body: 'hello you' },
    { message_uuid: 'u-2', recipient: '+4634', body: 'hello me' },
  ],
};
const RESULTS = [
  { message_uuid: 'u-1', status: 'accepted', provider_message_id: 'SM1' },
  { message_uuid: 'u-2', status: 'accepted', provider_message_id: 'SM2' },
];
const CALL: WireRequest = { method: 'POST', target: '/v1/batches', headers: {}, body: JSON.stringify(BATCH) };
const REHEARSAL: WireRequest = { ...CALL, body: JSON.stringify({ ...BATCH, dry_run: true }) };
const SEND: WireRequest = { method: 'POST', target: '/Messages.json', headers: {}, body: 'To=%2B4612&Body=hello+you' };
const ANSWER = { status: 200, headers: {}, body: JSON.stringify({ results: RESULTS }) };
const RECEIPT = { status: 201, headers: {}, body: '{"sid":"SM1"}' };

async function done(id: string, request: WireRequest): Promise<Done> {
  const { sabotage } = wireMutant(id);
  if (sabotage.at === 'database') throw new RangeError(`${id} is not on the wire`);
  const passed: Done['passed'][number][] = [];
  let markers = 0;
  const answer = sabotage.at.endsWith('provider') ? RECEIPT : ANSWER;
  const pass =
    (to: string) =>
    (given: WireRequest, passing: Passing = {}): Promise<Reply> => {
      passed.push({ to, request: given, passing });
      return Promise.resolve(answer);
    };
  const reply = await sabotage.act({
    request,
    protocol: RUNBOOK_PROTOCOL,
    budgetMs: 500,
    items: BATCH.messages,
    forward: pass('target'),
    forwardUnseen: pass('nowhere'),
    forwardAsOther: pass('the other provider'),
    tookEffect: () => void (markers += 1),
  });
  return { passed, reply, markers };
}

/** The bodies that were passed on. */
async function bodies(id: string, request: WireRequest): Promise<unknown[]> {
  return (await done(id, request)).passed.map(({ request: { body } }) => JSON.parse(body) as unknown);
}

function resultsIn(reply: Reply): unknown {
  if (typeof reply === 'string') return reply;
  const body: unknown = JSON.parse(reply.body);
  return isFields(body) ? body['results'] : undefined;
}

const ANOTHER_UUID: unknown = expect.stringMatching(/^[0-9a-f]{8}-/);

test('each wire mutant has a unique id, a valid scenario, and known properties that it violates', () => {
  const ids = WIRE_MUTANTS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted());
  for (const { id, breaks, scenario } of WIRE_MUTANTS) {
    expect(id).toMatch(/^X\d\d$/);
    expect(breaks.every((property) => property in CATALOGUE)).toBe(true);
    expect(scenarioSchema.parse(scenario)).toEqual(scenario);
  }
});

test('two scenarios of wire mutants with the same name are equal', () => {
  for (const { scenario } of WIRE_MUTANTS) {
    const namesakes = WIRE_MUTANTS.filter((other) => other.scenario.name === scenario.name);
    for (const namesake of namesakes) expect(namesake.scenario).toEqual(scenario);
  }
});

test('the page of wire mutants lists all of them, each by its name', () => {
  const page = readFileSync(join(packageRoot, 'docs/wire-mutants.md'), 'utf8');
  const listed = [...page.matchAll(/^\| (X\d\d) +\| (\S+)/gm)].map(([, id, name]) => `${id} ${name}`);
  expect(listed).toEqual(WIRE_MUTANTS.map(({ id, name }) => `${id} ${name}`));
});

test.each(['X02', 'X03', 'X05', 'X20', 'X21', 'X22', 'X23', 'X24', 'X25', 'X26', 'X43', 'X44'])(
  'wire mutant %s leaves no marker when it cannot change the exchange',
  async (id) => {
    const { sabotage } = wireMutant(id);
    const [own, changed] = [{ ...CALL, body: '[]' }, ANSWER];
    let markers = 0;
    if (sabotage.at === 'database') return;
    await sabotage.act({
      request: own,
      protocol: RUNBOOK_PROTOCOL,
      budgetMs: 500,
      items: [],
      forward: () => Promise.resolve({ ...changed, body: '{"error":"no"}' }),
      forwardUnseen: () => Promise.resolve('reset'),
      forwardAsOther: () => Promise.resolve('reset'),
      tookEffect: () => void (markers += 1),
    });
    expect(markers).toBe(0);
  },
);

test('mutants of the legacy app change its requests', async () => {
  const { dry_run: _, ...withoutDryRun } = { ...BATCH, dry_run: true };
  expect(await bodies('X01', REHEARSAL)).toEqual([withoutDryRun]);
  const renamed = BATCH.messages.map((message) => ({ ...message, message_uuid: ANOTHER_UUID }));
  expect(await bodies('X02', CALL)).toEqual([{ ...BATCH, messages: renamed }]);
  const [first, second] = BATCH.messages;
  const readdressed = [
    { ...first, recipient: '+4617' },
    { ...second, recipient: '+4639' },
  ];
  expect(await bodies('X03', CALL)).toEqual([{ ...BATCH, messages: readdressed }]);
  expect(await bodies('X04', CALL)).toEqual([BATCH, BATCH]);
  expect(await bodies('X05', CALL)).toEqual([BATCH, { ...BATCH, messages: renamed }]);
  expect((await done('X06', CALL)).passed).toEqual([
    { to: 'target', request: CALL, passing: { outlivesCaller: true, pauseMs: 1_700 } },
  ]);
  expect(await bodies('X07', CALL)).toEqual([{ ...BATCH, tenant_id: 8 }]);
  expect(await bodies('X08', REHEARSAL)).toEqual([{ ...BATCH, dry_run: true }, BATCH]);
});

test('mutants of the service change the requests to it, or its answers', async () => {
  const renamed = BATCH.messages.map((message) => ({ ...message, message_uuid: ANOTHER_UUID }));
  expect(await bodies('X20', REHEARSAL)).toEqual([{ ...BATCH, messages: renamed }]);
  expect(await bodies('X21', CALL)).toEqual([{ ...BATCH, dry_run: true }]);
  const [first, second] = RESULTS;
  const answered = async (id: string): Promise<unknown> => resultsIn((await done(id, CALL)).reply);
  expect(await answered('X22')).toEqual([first]);
  expect(await answered('X23')).toEqual([first, second, { ...first, message_uuid: ANOTHER_UUID }]);
  expect(await answered('X24')).toEqual([{ ...first, message_uuid: ANOTHER_UUID }, second]);
  expect(await answered('X25')).toEqual(RESULTS.map((result) => ({ ...result, status: 'rejected' })));
  expect(await answered('X26')).toEqual(RESULTS.map((result) => ({ ...result, status: 'duplicate' })));
  expect(await bodies('X26', CALL)).toEqual([{ ...BATCH, dry_run: true }]);
  expect((await done('X27', REHEARSAL)).reply).toEqual({ ...ANSWER, status: 500 });
});

test('mutants before a provider send something else, more often, or not at all', async () => {
  const reaches = async (id: string): Promise<string[]> =>
    (await done(id, SEND)).passed.map(({ to, request: { body } }) => `${to}: ${body}`);
  const own = `target: ${SEND.body}`;
  expect(await reaches('X40')).toEqual([own, own]);
  expect(await reaches('X41')).toEqual([own, own]);
  expect(await reaches('X42')).toEqual([own, `the other provider: ${SEND.body}`]);
  expect(await reaches('X43')).toEqual(['target: To=%2B4617&Body=hello+you']);
  expect(await reaches('X44')).toEqual(['target: To=%2B4612&Body=hello+you+now']);
  expect(await reaches('X45')).toEqual([`nowhere: ${SEND.body}`]);
  expect(await reaches('X47')).toEqual([`nowhere: ${SEND.body}`]);
  expect(await done('X48', SEND)).toMatchObject({ reply: 'silence', markers: 1, passed: [{ to: 'target' }] });
  expect(await reaches('X49')).toEqual([own, `nowhere: ${SEND.body}`]);
});

test('a text is replaced in its encoding, and another number has the same length', () => {
  expect(withReplaced('To=%2B46+12', '+46 12', '+46 17')).toBe('To=%2B46+17');
  expect(withReplaced('to=%2B46%2012', '+46 12', '+46 17')).toBe('to=%2B46%2017');
  expect(withReplaced('{"to":"a\\"b"}', 'a"b', 'c"d')).toBe('{"to":"c\\"d"}');
  expect(withReplaced('nothing', '+46', '+47')).toBe('nothing');
  expect(otherNumber('+4612')).toBe('+4617');
});
