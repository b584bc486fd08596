import { expect, test } from 'vitest';
import { pasteLine } from './paste-line.ts';

test('the arguments of a command line are quoted if a shell would change them', () => {
  expect(pasteLine(['replay', 'reports/out/a-1.json'])).toBe('npx onesend replay reports/out/a-1.json');
  expect(pasteLine(['replay', "it's here/$x.json"])).toBe(String.raw`npx onesend replay 'it'\''s here/$x.json'`);
});
