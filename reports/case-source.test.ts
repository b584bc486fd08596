import { expect, test } from 'vitest';
import type { Case } from '../harness/formats/case.ts';
import { caseSource } from './case-source.ts';

const killingCase: Case = {
  scenario: {
    format: 'onesend.scenario/1',
    name: 'as it was found',
    seed: 7,
    tenants: [{ key: 'tenant-1', mode: "it's", quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'reconcile' },
    ],
    faults: [],
  },
  deviations: [],
};

test('a case is written as a module, in the layout of the sources', () => {
  const [title, , , ...lines] = caseSource({ id: 'M01', namedBy: ['S1', 'S2'], killingCase }).split('\n');
  expect(title).toBe('// A small case that kills M01, found by a search and shrunk.');
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "/** The case, and the properties that M01 violates in it. */
    export const killingCase: KillingCase = {
      namedBy: ['S1', 'S2'],
      scenario: {
        format: 'onesend.scenario/1',
        name: 'what kills M01',
        seed: 7,
        tenants: [{ key: 'tenant-1', mode: 'it\\'s', quota: 10 }],
        steps: [
          { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
          { kind: 'reconcile' },
        ],
        faults: [],
      },
      deviations: [],
    };
    "
  `);
});
