import { expect, test } from 'vitest';
import { pasteLine } from './paste-line.ts';

test('arguments are quoted where a shell would read them otherwise', () => {
  expect(pasteLine(['replay', 'reports/out/a-1.json'])).toBe('npx onesend replay reports/out/a-1.json');
  expect(pasteLine(['replay', "it's here/$x.json"])).toBe(String.raw`npx onesend replay 'it'\''s here/$x.json'`);
});
