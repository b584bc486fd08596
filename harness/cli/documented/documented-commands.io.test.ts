// Runs the commands of the pages that need no pair of processes, in the words of the pages, in an empty folder.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { corpusDocument } from '../../formats/corpus.ts';
import { type DocumentKind, parseDocument } from '../../formats/document.ts';
import { dumpDocument } from '../../formats/dump.ts';
import { explainDocument } from '../../formats/explain.ts';
import { gateReportDocument } from '../../formats/gate.ts';
import { mutantsDocument } from '../../formats/mutants.ts';
import { replayDocument } from '../../formats/replay.ts';
import { replaysDocument } from '../../formats/replays.ts';
import { reportDocument } from '../../formats/report.ts';
import { resultDocument } from '../../formats/result.ts';
import { type Ended, shell } from '../environments/shell.fixture.ts';
import { buildProgram } from '../program.ts';
import { expectAsDocumented } from './as-documented.fixture.ts';

/** A short search of the runbook as written: its violations are then replayed, accepted and explained. */
const REFUSED = '--lane sim --system as-written --seed 1 --runs 1 --stop-at-first --shrink-time 1s';

let folder: string;
let found: readonly (readonly [placeholder: RegExp, value: string])[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-documented-'));
  const refused = await shell(`onesend certify --write-baseline met.json ${REFUSED}`, { cwd: folder });
  assert.equal(refused.exitCode, 1, refused.stderr);
  const failures = '.onesend/failures';
  const file = (await readdir(join(folder, failures))).find((name) => name.startsWith('S1-')) ?? '';
  found = [
    [/\bID\b(?:\.\.\.)?/, file.replace('.json', '')],
    [/\bFILE\b/, `${failures}/${file}`],
    [/\bFOLDER\b/, failures],
  ];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command of a page with `ID`, `FILE` and `FOLDER` replaced by those of the violation, and with the flags `more`, which keep it short. */
async function run(command: string, more = ''): Promise<Ended> {
  const line = found.reduce((text, [placeholder, value]) => text.replace(placeholder, value), command);
  return shell(more === '' ? line : `${line} ${more}`, { cwd: folder });
}

test.concurrent('what a word of the output means is explained', async () => {
  expectAsDocumented('onesend explain S1', (await run('onesend explain S1')).stdout);
  for (const command of ['onesend explain S9', 'onesend explain S17', 'onesend explain'])
    expect(await run(command)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\bS(9|17)\b/) });
  const ofField = expect.stringMatching(/^onesend\.system\.database\.tables \(description field/);
  expect(await run('onesend explain database.tables')).toMatchObject({ exitCode: 0, stdout: ofField });
});

test.concurrent('a mutant is judged by its stored case', async () => {
  const { exitCode, stdout } = await run('onesend mutants M01');
  expect(exitCode).toBe(0);
  expectAsDocumented('onesend mutants M01', stdout, 'live');
});

test.concurrent('every command says which flags it has', async () => {
  const stream = { write: () => undefined };
  const { commands } = buildProgram({
    stdout: stream,
    stderr: stream,
    environment: {},
    runChosen: () => Promise.resolve(),
  });
  const names = commands.map((command) => command.name());
  for (const COMMAND of names) {
    const { exitCode, stdout } = await shell(`onesend ${COMMAND} --help`);
    expect([exitCode, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining(`Usage: onesend ${COMMAND} `)]);
  }
});

test.concurrent('violations are accepted by a baseline until the day that it names', async () => {
  const who = "--reason 'the fallback is switched off' --ticket SMS-12 --until 2099-01-31 --by 'Jane Doe'";
  expect(await run(`onesend baseline write onesend.baseline.json ID... ${who}`)).toMatchObject({ exitCode: 0 });
  // All other violations of the same run.
  expect(await run(`onesend baseline write onesend.baseline.json ${who}`)).toMatchObject({ exitCode: 0 });
  const command = 'onesend certify --baseline onesend.baseline.json --json';
  const { stdout } = await run(command, `${REFUSED} --out accepted`);
  const { baseline } = parseDocument(resultDocument, stdout, command);
  // Such a short search is inconclusive, or finds a violation that the first run had no time for: only the states are compared.
  expect(baseline?.accepted.map(({ state }) => state)).toContain('accepted');
  for (const { property, headline } of baseline?.accepted ?? [])
    expect(headline?.startsWith(`${property} `)).toBe(true);
});

test.concurrent('a run writes a baseline of what it violates, to be filled in', async () => {
  await run('onesend gate --write-baseline gate.json', '1 --lane sim --system as-written --out gate');
  for (const name of ['met.json', 'gate.json'])
    expect(await readFile(join(folder, name), 'utf8')).toContain('"format": "onesend.baseline/1"');
  expect(await readFile(join(folder, 'gate.json'), 'utf8')).toContain(
    '"headline": "gate 1: failed: timeout triggered"',
  );
});

test.concurrent('the world of a simulated run is printed as it is at an instant', async () => {
  expect(await run('onesend replay ID --until 503ms --dump')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('503'),
  });
});

test.concurrent('events are followed while they are written', async () => {
  const followed = await run(
    `mkfifo followed; tail -f reports/out/events.ndjson >followed & sed '/"verdict"/q' <followed; kill $!`,
  );
  expect(followed.stdout.split('\n').at(-1)).toContain('"verdict"');
});

test.concurrent('a reader of a certification that has gone away costs nothing', async () => {
  expect(
    await run('onesend certify', '--lane sim --system reference --max-time 1ms --out gone | head -1'),
  ).toMatchObject({
    exitCode: 0,
    stderr: expect.not.stringContaining('EPIPE'),
  });
});

test.concurrent('cases of mutants are searched again', async () => {
  expect(await run('onesend mutants M01 --search --seed 7')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('M01'),
  });
});

test.concurrent.each<[command: string, document: DocumentKind<unknown>, more?: string]>([
  ['onesend gate --json', gateReportDocument, '1 --lane sim --system reference --out gates'],
  ['onesend replay --json', replayDocument, 'FILE'],
  ['onesend mutants --json', mutantsDocument, 'M01'],
  ['onesend corpus ls --json', corpusDocument],
  ['onesend replay FOLDER --json', replaysDocument],
  ['onesend report --json', reportDocument],
  ['onesend replay --dump --json', dumpDocument, 'FILE --until 503ms'],
  ['onesend explain --json', explainDocument],
])('%s prints one document', async (command, document, more) => {
  const { stdout, stderr } = await run(`${command} ${more ?? ''}`);
  expect(stderr).not.toContain('ONESEND_');
  expect(() => parseDocument(document, stdout, command)).not.toThrow();
});
