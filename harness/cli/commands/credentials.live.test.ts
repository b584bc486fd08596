// Tests that a confirmed credential, which a pair logs, answers and sends on, is in no output of a certification.
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../platform/compiled-module.ts';
import { runCli } from '../run-cli.ts';

const EXAMPLE = join(packageRoot, 'examples', 'node-pair');

/** A text in the form of a Twilio API key. */
const SECRET = `SK${'0123456789abcdef'.repeat(2)}`;
const PLACE = 'trigger.headers.Authorization';

/** Changes of the legacy app: it puts the credential into every output, and sends twice, so that there is a counterexample to write. */
const LEGACY = [
  ['const database =', "let token = '';\nconst database ="],
  [
    '  try {\n    if (camp',
    '  token = request.headers.authorization ?? token;\n  console.log(token);\n  try {\n    if (camp',
  ],
  ["response.end('ok')", 'response.end(`ok ${token}`)'],
  ["'content-type': 'application/json' }", "'content-type': 'application/json', authorization: token }"],
  ['dry_run: dryRun,', 'dry_run: dryRun, token,'],
  ['const { status, id } = await', 'await sendSms(database, message);\n  const { status, id } = await'],
] as const;

/** The smallest pair, with a credential in the header of its trigger. */
async function writePair(folder: string): Promise<string> {
  await cp(EXAMPLE, folder, { recursive: true });
  await symlink(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const legacy = join(folder, 'legacy.js');
  let text = await readFile(legacy, 'utf8');
  for (const [from, to] of LEGACY) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  await writeFile(legacy, text);
  const config = join(folder, 'onesend.config.js');
  const own = `trigger: { headers: { Authorization: 'Bearer ${SECRET}' }, path:`;
  const written = await readFile(config, 'utf8');
  const described = written
    .replace("import { defineConfig } from 'onesend';", 'const defineConfig = (config) => config;')
    .replace('trigger: { path:', `confirmed: ['${PLACE}'], ${own}`);
  await writeFile(config, described);
  return config;
}

async function filesBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)));
}

test('a confirmed credential is in no file and no line of a certification', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-credential-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [pair, out] = [join(folder, 'pair'), join(folder, 'out')];
  const config = await writePair(pair);
  let written = '';
  const stream = { write: (text: string) => void (written += text) };
  const certify = ['certify', '--lane', 'live', '--system', config, '--slots', '2', '--runs', '6'];
  const exitCode = await runCli([...certify, '--stop-at-first', '--shrink-time', '12s', '--out', out], {
    stdout: stream,
    stderr: stream,
    environment: {},
  });
  expect(exitCode, `written: ${written}`).toBe(1);
  const files = await filesBelow(out);
  const holding = (text: string) => [...files].flatMap(([path, content]) => (content.includes(text) ? [path] : []));
  // The history holds the log lines and answers, with the place in place of the credential; without them the test would show nothing.
  expect(holding(`[${PLACE}]`)).not.toEqual([]);
  expect(holding(SECRET)).toEqual([]);
  expect(written).not.toContain(SECRET);
});
