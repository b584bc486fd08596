// Tests the observatory in its thread, which runs compiled code.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import { freePort } from '../process/ports.ts';
import { rigMicros } from './clock.ts';
import { type Observatory, startObservatory } from './observatory.ts';

let observatory: Observatory;
beforeEach(async () => {
  observatory = await startObservatory();
});
afterEach(() => observatory.close());

const kinds = (events: readonly Observation[]): string[] =>
  events.map((event) => event.kind).filter((kind) => kind !== 'observer-problem');
const problems = (events: readonly Observation[]): string[] =>
  events.flatMap((event) => (event.kind === 'observer-problem' ? [event.problem] : []));

function send(port: number, recipient: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/2010-04-01/Accounts/AC/Messages.json`, {
    method: 'POST',
    body: new URLSearchParams({ To: recipient, From: 'me', Body: 'hello' }),
    headers: { authorization: `Basic ${Buffer.from('AC:t').toString('base64')}` },
  });
}

describe('the observatory', () => {
  test('the observatory sees a call through both taps and a send at the provider, on the rig’s clock', async () => {
    const targetHost = '127.0.0.1';
    const servicePort = await freePort();
    const service = createServer((_request, response) => response.end('{"results":[]}'));
    await once(service.listen(servicePort, targetHost), 'listening');
    const back = await observatory.openTap({ name: 'back', slot: 1, targetHost, targetPort: servicePort });
    const front = await observatory.openTap({ name: 'front', slot: 1, targetHost, targetPort: back.port });
    const provider = await observatory.openProvider({ slot: 1, system: 'legacy' });
    await observatory.begin(1, { items: [{ item: 'a#1', recipient: '+9991', body: 'hello' }] });

    const before = rigMicros();
    const body = JSON.stringify({ tenant_id: 1, dry_run: false, messages: [{ message_uuid: 'u' }] });
    await (await fetch(`http://127.0.0.1:${front.port}/v1/batches`, { method: 'POST', body })).text();
    await (await send(provider.port, '+9991')).text();
    const after = rigMicros();

    const events = await observatory.collect(1);
    expect(kinds(events).toSorted()).toEqual(['accept', 'answer', 'answer', 'attempt', 'request', 'request']);
    expect(events.every((event) => before <= event.earliest && event.latest <= after)).toBe(true);
    await Promise.all([front.close(), back.close(), provider.close()]);
    // Not by fetch: it may try a connection that it has kept alive, and notice only then that it is closed.
    const [refusal] = (await once(connect(front.port, targetHost), 'error')) as [Error];
    expect(refusal).toMatchObject({ code: 'ECONNREFUSED' });
    service.close();
  });

  test('the observatory separates slots, begins each recording without events, and programs one provider stub only', async () => {
    const [first, second] = [
      await observatory.openProvider({ slot: 1, system: 'legacy' }),
      await observatory.openProvider({ slot: 2, system: 'service' }),
    ];
    await observatory.begin(1, { items: [] });
    await observatory.begin(2, { items: [] });
    await second.program([{ outcome: 'reject', delayMs: 0 }]);
    expect((await send(first.port, '+9991')).status).toBe(201);
    expect((await send(second.port, '+9991')).status).toBe(400);
    expect(kinds(await observatory.collect(1))).toEqual(['attempt', 'accept']);
    expect(kinds(await observatory.collect(2))).toEqual(['attempt', 'reject']);
    await observatory.begin(1, { items: [] });
    expect(kinds(await observatory.collect(1))).toEqual([]);
  });

  test('the observatory calls a watcher with each event until a new recording begins or the watch is ended', async () => {
    const provider = await observatory.openProvider({ slot: 1, system: 'legacy' });
    await observatory.begin(1, { items: [] });
    const seen: string[] = [];
    // A busy machine also stalls the observers, which they report.
    const see = (what: string) => void (what.endsWith('observer-problem') || seen.push(what));
    const forget = observatory.watch(1, ({ kind }) => see(kind));
    await send(provider.port, '+9991');
    await observatory.collect(1);
    expect(seen).toEqual(['attempt', 'accept']);
    forget();
    observatory.watch(1, ({ kind }) => see(`again ${kind}`));
    await observatory.begin(1, { items: [] });
    await send(provider.port, '+9991');
    await observatory.collect(1);
    expect(seen).toEqual(['attempt', 'accept']);
    expect(() => observatory.watch(9, () => {})).toThrow('no recording to watch');
  });

  test('the observatory lists canaries', async () => {
    const provider = await observatory.openProvider({ slot: 3, system: 'legacy' });
    await send(provider.port, '+9999912');
    expect(await observatory.canaries(3)).toEqual([{ system: 'legacy', recipient: '+9999912' }]);
  });

  test('an observatory that is killed keeps its events, reports the loss at each reading, and refuses everything else', async () => {
    const provider = await observatory.openProvider({ slot: 1, system: 'legacy' });
    await observatory.begin(1, { items: [] });
    await send(provider.port, '+9991');
    await observatory.collect(1);
    await observatory.kill();
    expect(await observatory.lost).toMatch(/ended/);
    for (let reading = 0; reading < 2; reading += 1) {
      const events = await observatory.collect(1);
      expect(kinds(events)).toEqual(['attempt', 'accept']);
      expect(problems(events)).toContain('lost');
    }
    await expect(observatory.begin(1, { items: [] })).rejects.toMatchObject({ code: 'ONESEND_INFRASTRUCTURE' });
    expect(problems(await observatory.collect(1))).toContain('lost');
    await expect(provider.program([])).rejects.toMatchObject({ code: 'ONESEND_INFRASTRUCTURE' });
    await provider.close();
  });

  test('an observatory that is killed while it is read returns the events that it has', async () => {
    await observatory.begin(1, { items: [] });
    const [events] = await Promise.all([observatory.collect(1), observatory.kill()]);
    expect(problems(events).every((problem) => problem === 'lost' || problem === 'stalled')).toBe(true);
    expect(problems(await observatory.collect(1))).toContain('lost');
  });

  test('an observatory that is closed as planned is not lost', async () => {
    await observatory.close();
    const outcome = await Promise.race([observatory.lost, Promise.resolve('not lost')]);
    expect(outcome).toBe('not lost');
  });

  test('the observatory names the port if a tap cannot listen on it', async () => {
    const provider = await observatory.openProvider({ slot: 1, system: 'legacy' });
    const tap = { name: 'back', slot: 1, listenPort: provider.port, targetHost: '127.0.0.1', targetPort: 1 } as const;
    await expect(observatory.openTap(tap)).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringContaining(String(provider.port)),
    });
  });
});
