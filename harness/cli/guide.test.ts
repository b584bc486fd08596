// Checks that the guide explains everything that output can contain.
import { expect, test } from 'vitest';
import { DESCRIBED_CODES } from '../../reports/describe-reason.ts';
import { FAULT_LABELS } from '../faults/catalogue.ts';
import { EXIT_CODES } from '../formats/decision.ts';
import { PROPERTIES, PROPERTY_IDS } from '../formats/finding.ts';
import { GOALS } from '../formats/goal.ts';
import { REPLAY_OUTCOMES } from '../formats/replay.ts';
import { DECISION_GUIDES } from '../guide/decisions.ts';
import { explain, GUIDE } from '../guide/guide.ts';
import { PROPERTY_GUIDES } from '../guide/properties.ts';
import { REASON_GUIDES } from '../guide/reasons.ts';
import { WORLD_SITES } from '../sim/sites.ts';
import { STORE_SITES } from '../sim/store/store-sites.ts';

const PRINTED = [
  ...PROPERTY_IDS,
  ...Object.values(PROPERTIES),
  ...FAULT_LABELS.map(({ label }) => label),
  ...GOALS,
  ...Object.values(EXIT_CODES).map(String),
  ...Object.keys(EXIT_CODES),
  ...REPLAY_OUTCOMES,
  ...DESCRIBED_CODES,
];

test.each(PRINTED)('the guide explains %s', (printed) => {
  expect(explain(printed)).not.toEqual([]);
  expect(explain(printed.toUpperCase())).toEqual(explain(printed));
});

test('the guide explains each decision of the simulator, and no other', () => {
  const sites = [...WORLD_SITES, ...STORE_SITES];
  const named = Object.entries(DECISION_GUIDES).map(([site, { choices }]) => [site, Object.keys(choices)]);
  expect(named).toEqual(sites.map(({ name, choices }) => [name, choices.slice(1)]));
});

test('the guide explains each reason that has a sentence, and no other', () => {
  expect(Object.keys(REASON_GUIDES)).toEqual(DESCRIBED_CODES);
});

test('the guide has no two entries of one kind with the same id and title', () => {
  const names = GUIDE.map(({ kind, id, title }) => `${kind} ${id} ${title}`);
  expect(names).toEqual([...new Set(names)]);
});

test('the guide explains a fault for each system, and an anomaly by its last word', () => {
  expect(explain('crash').map(({ id }) => id)).toEqual(['crash legacy', 'crash service']);
  expect(explain('livelock').map(({ id }) => id)).toEqual(['violation/livelock']);
});

test('the guide has no entry for a word that no output contains', () => {
  expect(explain('S99')).toEqual([]);
  expect(explain(' ')).toEqual([]);
});

test('the guide states in whole sentences what every property demands and where to look', () => {
  expect(Object.keys(PROPERTY_GUIDES)).toEqual(PROPERTY_IDS);
  const texts = Object.values(PROPERTY_GUIDES).flatMap(({ demand, look }) => [demand, look]);
  expect(texts.filter((text) => !/^\S.*[.?]$/u.test(text))).toEqual([]);
  expect(new Set(texts).size).toBe(texts.length);
});
