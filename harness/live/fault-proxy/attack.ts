// Attacks a fault proxy in bursts of hostile actions, and checks after each burst that it still works. A test runs a few bursts; the fuzz
// run takes minutes.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import * as fc from 'fast-check';
import { boundAddress } from './bound-address.ts';
import { ask, askRaw } from './conformance/ask.ts';
import { UPSTREAM, hostileActions, type HostileAction } from './hostile-actions.ts';
import { portOf } from './peers.fixture.ts';

const ACTIONS_MAX = 25;
const PATIENCE_MS = 20;
/** If a burst takes longer, the server hangs. */
const BURST_MS_MAX = 30_000;

/** How long an attack lasts. */
export interface AttackOptions {
  readonly bursts: number;
  readonly forMs?: number;
  readonly seed?: number;
}

/** The result of an attack. */
export interface AttackReport {
  readonly bursts: number;
  /** How often each outcome was seen: an HTTP status, `bytes`, `link` or `no link`. */
  readonly outcomes: ReadonlyMap<string, number>;
}

/** Attacks the server at that URL. If it does not work after a burst, the promise rejects with the smallest such burst that was found. */
export async function attack(url: string, { bursts, forMs, seed }: AttackOptions): Promise<AttackReport> {
  const outcomes = new Map<string, number>();
  const echo = await startEcho();
  let count = 0;
  const victim = { url, upstream: echo.address };
  const property = fc.asyncProperty(
    fc.array(hostileActions, { maxLength: ACTIONS_MAX, size: 'max' }),
    async (actions) => {
      count += 1;
      await ask(url, { method: 'POST', path: '/populate', body: targets(echo.address) });
      // All actions run at the same time.
      const results = await Promise.all(actions.map((action) => perform(action, victim)));
      for (const result of results) outcomes.set(result, (outcomes.get(result) ?? 0) + 1);
      await expectWell(victim);
    },
  );
  const limits = forMs === undefined ? {} : { interruptAfterTimeLimit: forMs, markInterruptAsFailure: false };
  try {
    const given = seed === undefined ? {} : { seed };
    await fc.assert(property, { numRuns: bursts, timeout: BURST_MS_MAX, ...limits, ...given });
  } finally {
    echo.close();
  }
  return { bursts: count, outcomes };
}

/** The three proxies that the actions name. */
function targets(upstream: string): string {
  return JSON.stringify(['a', 'b', 'c'].map((name) => ({ name, listen: '127.0.0.1:0', upstream })));
}

interface Victim {
  readonly url: string;
  readonly upstream: string;
}

async function perform(action: HostileAction, { url, upstream }: Victim): Promise<string> {
  if (action.kind === 'bytes') {
    await askRaw(url, action.text, PATIENCE_MS);
    return 'bytes';
  }
  if (action.kind === 'link') return useLink(action, url);
  const { status } = await ask(url, { ...action, body: action.body.replaceAll(UPSTREAM, upstream) });
  return String(status);
}

async function useLink({ pick, bytes, ending }: HostileAction & { kind: 'link' }, url: string): Promise<string> {
  const { body: listing } = await ask(url, { method: 'GET', path: '/proxies' }, { keepPorts: true });
  const listening = [...listing.matchAll(/"listen":"(127\.0\.0\.1:[1-9]\d*)","upstream":"[^"]*","enabled":true/g)];
  const address = listening[pick % Math.max(1, listening.length)]?.[1];
  if (address === undefined) return 'no link';
  const socket = connect(portOf(address), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  socket.write(Buffer.alloc(bytes));
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined);
  if (ending === 'end') socket.end();
  else if (ending === 'reset') socket.resetAndDestroy();
  // This socket stays open until the server closes it.
  else socket.unref();
  return 'link';
}

/** Throws unless a new proxy carries a byte in both directions. Then removes every proxy that a path can name. */
async function expectWell({ url, upstream }: Victim): Promise<void> {
  const name = 'is it well';
  const body = JSON.stringify({ name, listen: '127.0.0.1:0', upstream });
  const created = await ask(url, { method: 'POST', path: '/proxies', body }, { keepPorts: true });
  const address = /"listen":"([^"]*)"/.exec(created.body)?.[1];
  if (created.status !== 201 || address === undefined) throw new Error(`no new proxy: ${created.body}`);
  const socket = connect(portOf(address), '127.0.0.1');
  socket.write('x');
  const [echoed] = await once(socket, 'data');
  socket.destroy();
  if (String(echoed) !== 'x') throw new Error(`the new proxy returned ${String(echoed)}`);
  const { body: index } = await ask(url, { method: 'GET', path: '/proxies' });
  for (const known of Object.keys(JSON.parse(index))) {
    await ask(url, { method: 'DELETE', path: `/proxies/${encodeURIComponent(known)}` });
  }
}

async function startEcho() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${String(boundAddress(server).port)}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
