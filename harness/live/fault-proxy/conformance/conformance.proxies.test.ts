// Compares the embedded fault proxy with the real Toxiproxy server: runs every case on both, each newly started, and compares the results.
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { findRealServer, startRealServer } from '../real-server.ts';
import { peersAround } from '../peers.fixture.ts';
import { startFaultProxyThread } from '../threaded.ts';
import { apiCases } from './api-cases.ts';
import { bodyCases } from './body-cases.ts';
import type { ConformanceCase } from './case.ts';
import { changeCases } from './change-cases.ts';
import { clientCases } from './client-cases.ts';
import { DIFFERENCES } from './differences.ts';
import { linkCases } from './link-cases.ts';
import { timingCases } from './timing-cases.ts';
import { toxicCases } from './toxic-cases.ts';

const GROUPS: Readonly<Record<string, readonly ConformanceCase[]>> = {
  'the API': apiCases,
  bodies: bodyCases,
  links: linkCases,
  toxics: toxicCases,
  changes: changeCases,
  times: timingCases,
  'the client library': clientCases,
};

const real = await findRealServer();
const isCi = process.env['CI'] === 'true';

async function observe({ observe: act, metrics = false }: ConformanceCase, server: 'embedded' | 'real') {
  const options = { metrics };
  const faultProxy =
    server === 'embedded' ? await startFaultProxyThread(options) : await startRealServer(real.binary ?? '', options);
  const peers = await peersAround(faultProxy);
  try {
    return await act(peers);
  } finally {
    await peers.close();
  }
}

/** Runs a case on both servers: one after the other if it measures time, otherwise in parallel. */
async function observeBoth(each: ConformanceCase) {
  const first = observe(each, 'real');
  if (each.timing === true) await first;
  const [original, ours] = await Promise.all([first, observe(each, 'embedded')]);
  return { original, ours };
}

test('the real server is installed in CI', () => {
  expect(isCi ? real.missing : undefined).toBeUndefined();
});

test('every case has a different title, and every listed difference is the title of a case', () => {
  const titles = Object.values(GROUPS).flatMap((cases) => cases.map(({ title }) => title));
  expect(titles).toHaveLength(new Set(titles).size);
  expect(titles).toEqual(expect.arrayContaining(Object.keys(DIFFERENCES)));
});

describe.skipIf(real.binary === undefined)('the embedded proxy beside the real server', () => {
  describe.each(Object.entries(GROUPS))('%s', (_group, cases) => {
    for (const each of cases) {
      // Cases that do not measure time run in parallel.
      const options = each.timing === true ? { retry: 2 } : { concurrent: true };
      test(`both servers behave alike, or differ as listed: ${each.title}`, options, async () => {
        const { original, ours } = await observeBoth(each);
        // Wrapped in an object, because a result can be a plain string or number.
        expect({ original }).toMatchObject({ original: each.shows });
        // A listed difference that no longer exists fails too, so that it is removed from the list.
        const isListed = each.title in DIFFERENCES;
        const differs = !isDeepStrictEqual(ours, original);
        expect({ ours, differs }).toEqual({ ours: isListed ? ours : original, differs: isListed });
      });
    }
  });
});

afterAll(() => {
  const count = Object.values(GROUPS).flat().length;
  const lines =
    real.missing === undefined
      ? Object.entries(DIFFERENCES).map(([title, reason]) => `differs: ${title}: ${reason}`)
      : [`skipped: ${real.missing}`];
  process.stdout.write([`conformance: ${String(count)} cases`, ...lines].map((line) => `${line}\n`).join(''));
});
