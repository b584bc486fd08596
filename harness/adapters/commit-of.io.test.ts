import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commitOf } from './commit-of.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onesend-commit-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...words: string[]): string {
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  return execFileSync('git', ['-C', folder, ...author, ...words], { encoding: 'utf8' }).trim();
}

test('the commit of a folder is that of its repository, and ends in -dirty when files differ from it', async () => {
  expect(await commitOf(folder)).toBeUndefined();
  git('init', '--quiet');
  expect(await commitOf(folder)).toBeUndefined();
  writeFileSync(join(folder, 'system.ts'), 'one');
  git('add', '.');
  git('commit', '--quiet', '--message', 'one');
  git('tag', '--annotate', '--message', 'one', 'v1');
  const commit = git('rev-parse', 'HEAD');
  expect(await commitOf(folder)).toBe(commit);
  writeFileSync(join(folder, 'system.ts'), 'two');
  expect(await commitOf(folder)).toBe(`${commit}-dirty`);
});

test('a folder that does not exist has no commit', async () => {
  expect(await commitOf(join(folder, 'nowhere'))).toBeUndefined();
});
