// The embedded fault proxy against the real Toxiproxy server: every case is done to both, each fresh, and what was seen must be the same.
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

/** One after the other where time is measured, else side by side. */
async function observeBoth(each: ConformanceCase) {
  const first = observe(each, 'real');
  if (each.timing === true) await first;
  const [original, ours] = await Promise.all([first, observe(each, 'embedded')]);
  return { original, ours };
}

test('in CI the real server is at hand', () => {
  expect(isCi ? real.missing : undefined).toBeUndefined();
});

test('every case has a title of its own, and every listed difference is one of them', () => {
  const titles = Object.values(GROUPS).flatMap((cases) => cases.map(({ title }) => title));
  expect(titles).toHaveLength(new Set(titles).size);
  expect(titles).toEqual(expect.arrayContaining(Object.keys(DIFFERENCES)));
});

describe.skipIf(real.binary === undefined)('the embedded proxy beside the real server', () => {
  describe.each(Object.entries(GROUPS))('%s', (_group, cases) => {
    for (const each of cases) {
      // What is no matter of time goes side by side with its neighbours.
      const options = each.timing === true ? { retry: 2 } : { concurrent: true };
      test(each.title, options, async () => {
        const { original, ours } = await observeBoth(each);
        // Wrapped, because what is seen may be a bare text or number.
        expect({ original }).toMatchObject({ original: each.shows });
        // A listed difference that is no more has to go from the list.
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
