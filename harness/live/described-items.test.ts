import { describe, expect, test } from 'vitest';
import { campaignScenario } from '../generators/campaign-scenario.ts';
import { type DescribedItems, refusalOfItems } from './described-items.ts';

const database = { tables: { campaign_sms: { name: 'items', key: ['id'] } } };
const item = ['INSERT INTO items (id, phone, text) VALUES (:itemId, :phone, :body)'];
const throughTwo = campaignScenario({ messages: 2, providers: ['twilio', 'vonage'] });
const equal = campaignScenario({ messages: 2, numbers: 'equal' });

function system(seed: Partial<DescribedItems['seed']>): DescribedItems {
  return { seed: { tenant: [], item: [], ...seed }, database };
}

describe('the items of a scenario', () => {
  test('the items of a scenario fit into a system whose seed writes credentials and texts', () => {
    const described = system({ item, credentials: [] });
    expect([throughTwo, equal].map((scenario) => refusalOfItems(described, scenario))).toEqual([undefined, undefined]);
  });

  test('the items of a scenario fit into any system when they have one provider and distinct numbers', () => {
    const plain = campaignScenario({ messages: 2, numbers: 'near', providers: ['twilio'] });
    expect(refusalOfItems(system({}), plain)).toBeUndefined();
  });

  test('the items of a scenario do not fit when the seed writes no credentials of a second provider, or no text beside equal numbers', () => {
    expect(refusalOfItems(system({ item }), throughTwo)?.hint).toContain('seed.credentials');
    const elsewhere = ['INSERT INTO items (id, phone) VALUES (:itemId, :phone)', 'INSERT INTO texts VALUES (:body)'];
    expect(refusalOfItems(system({ item: elsewhere }), equal)?.hint).toContain(':body');
  });
});
