// Checks the command against docs/exit-codes.md: each cause of its table is provoked, and ends with the exit code in the table.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replayToken } from '../../formats/replay-token.ts';
import { campaignScenario } from '../../generators/campaign-scenario.ts';
import { boundAddress } from '../../live/fault-proxy/bound-address.ts';
import { compiledModule, packageRoot } from '../../platform/compiled-module.ts';
import { lockFolder } from '../folder-lock.ts';
import { errorLines, needs, shell } from './shell.fixture.ts';

const VIOLATION = 'gate 1 --lane sim --system as-written';
/** Gate 1 on the runbook as written, with all its violations accepted until the day in `$1`. */
const ACCEPTED = `f() { onesend ${VIOLATION} --out $OUT --write-baseline $OUT/b.json >$OUT/said 2>&1;
sed -i 's/WRITE HERE/words/; s/"until": "[^"]*/"until": "'$1'/' $OUT/b.json; onesend ${VIOLATION} --out $OUT --baseline $OUT/b.json; }; f`;
const BRIEF = 'certify --system reference --lane sim --seed 1 --max-time 1ms';
const NAMELESS = 'setpriv --reuid=54321 --clear-groups';
const FEW = 'setpriv --reuid=games --regid=games --clear-groups prlimit --nproc=12';
const DISK = 'mount -t tmpfs -o size=8k none $OUT';
const FULL = `${DISK} && head -c 1M /dev/zero >$OUT/filler 2>/dev/null`;
/** Waits for the first output of a command in the background, and then sends it the signal of Ctrl-C. */
const CTRL_C = 'until [ -s $OUT/said ]; do sleep 0.1; done; kill -INT $!; wait $!';

/** Makes a copy of the command, which a test can damage. */
const COPY = ['dist', 'package.json', 'node_modules']
  .map((name) => (name === 'dist' ? `cp -r ${packageRoot}/dist $OUT` : `ln -s ${packageRoot}/${name} $OUT/${name}`))
  .join(' && ');

/** How to provoke a cause: a line of shell, and in `needs` a line that must succeed on this machine, or the test is skipped. */
interface Provocation {
  readonly line: string;
  readonly needs?: string;
  /** The expected stderr; by default, for exit codes 2 and 4, an ONESEND_ error. */
  readonly says?: RegExp;
  /** The expected stdout. */
  readonly prints?: RegExp;
}

/** A case with a deviation at a site that no longer exists. */
const STALE = replayToken('reference', {
  scenario: campaignScenario(),
  deviations: [{ site: 'former name', key: 'x', attempt: 0, choice: 'lost' }],
});
/** The configuration of the reference without its reconciliation, which gate 8 needs. */
const UNASKED = `
import { describeAssembly } from '${compiledModule(import.meta.url, '../../adapters/assembly.ts')}';
import { system } from '${compiledModule(import.meta.url, '../../../src/reference.ts')}';
const { reconcile, processes, readings, vantages, credentials, isProxied, ...described } = describeAssembly(system);
const { shadowReconciliation, timeout, ...chosen } = readings;
const written = ({ command, arguments: rest, ...process }) => ({ command: [command, ...rest], ...process });
const { legacy, service } = processes;
export default { ...described, readings: chosen, processes: { legacy: written(legacy), service: written(service) } };
`;

/** A pair whose two systems share a database role. */
const ONE_ROLE = JSON.stringify({
  name: 'pair',
  processes: { legacy: { command: ['legacy'] }, service: { command: ['service'] } },
  database: { setup: 'SELECT 1', roles: { legacy: 'app', service: 'app' } },
  seed: { tenant: 'SELECT 1', item: 'SELECT 1' },
  mode: 'SELECT 1',
  trigger: { path: '/send' },
});

/** Fails as soon as the command has taken over what Node does with uncaught errors. `%22` is a quotation mark. */
const MISTAKE = 'setInterval(()=>process.listenerCount(%22uncaughtException%22)&&null.x,10)';

/** The provocations by cause. `$OUT` is an empty folder for the line, `$TAKEN` the folder of another run, `$PORT` a port in use. */
const PROVOCATIONS: Readonly<Record<string, Provocation>> = {
  'everything that was demanded held': { line: 'onesend gate 1 --system reference --lane sim --out $OUT' },
  'only violations that an unexpired baseline accepts': {
    line: `${ACCEPTED} 2999-12-31`,
    says: /^baseline: /,
    prints: /^VIOLATION ACCEPTED UNTIL 2999-12-31 BY words/m,
  },
  'help was asked for': { line: 'onesend certify --help' },
  '`proxy` was ended by Ctrl-C': { line: `onesend proxy --port 0 >$OUT/said & ${CTRL_C}` },
  'a gate or a property was violated': { line: `onesend ${VIOLATION} --out $OUT` },
  'a violation whose acceptance has expired': {
    line: `${ACCEPTED} 2001-01-31`,
    says: /^baseline: .* of them expired$/m,
    prints: /EXPIRED on 2001-01-31/,
  },
  'a violation whose files cannot be written': {
    line: `touch $OUT/previous $OUT/gates.json; onesend ${VIOLATION} --out $OUT`,
  },
  'a violation that neither stdout nor stderr takes': { line: `onesend ${VIOLATION} --out $OUT >/dev/full 2>&1` },
  'an unknown flag': { line: 'onesend certify --sed 1' },
  'a file that is no document of Onesend': { line: 'echo "{}" >$OUT/x.json; onesend replay $OUT/x.json' },
  'no configuration and no `--system`, in CI': { line: 'cd $OUT && CI=true onesend certify' },
  'a baseline that still has the words of the template': {
    line: `onesend ${VIOLATION} --out $OUT --write-baseline $OUT/b.json >$OUT/said 2>&1; onesend ${VIOLATION} --out $OUT --baseline $OUT/b.json`,
  },
  'a system description that lacks a field': {
    line: `echo '{"format":"onesend.system/2"}' >$OUT/x.json; onesend certify --system $OUT/x.json --out $OUT`,
  },
  'a baseline with a field that is not known, a day that is none, or a violation twice': {
    line: `echo '{"format":"onesend.baseline/1","system":"reference","accepted":[],"x":1}' >$OUT/b.json; onesend gate 1 --system reference --baseline $OUT/b.json --out $OUT`,
    says: /^ONESEND_BAD_DOCUMENT: .*b\.json: document: Unrecognized key: "x"$/m,
  },
  'a step of `check` that failed': {
    line: 'echo "$ONE_ROLE" >$OUT/x.json; onesend check --system $OUT/x.json --quiet',
    prints: /roles +FAILED: pair: database\.roles: expected two different roles/,
    says: /^$/,
  },
  'an output folder that cannot be made': { line: 'onesend certify --system reference --out /dev/null/out' },
  'a file that `init` would overwrite': { line: 'cd $OUT && touch onesend.config.js && onesend init' },
  'a flag that `init` needs without an interactive terminal': { line: 'cd $OUT && onesend init' },
  'time ran out before anything was exercised': { line: `onesend ${BRIEF} --out $OUT` },
  'a counterexample that is stale': { line: `onesend replay ${STALE}`, prints: /^STALE/ },
  'a gate whose question the system does not answer: NOT OBSERVED': {
    line: 'echo "$UNASKED" >$OUT/unasked.mjs; onesend gate 8 --system $OUT/unasked.mjs --out $OUT --quiet',
    prints: /^NOT OBSERVED: .*\(gate 8\)/m,
  },
  'too few open files while Onesend loads': {
    line: `ulimit -n 40; onesend ${BRIEF} --out $OUT`,
    says: /EMFILE.*\(allow more open files: ulimit/,
  },
  'too few processes': { line: `${FEW} onesend demo`, needs: `${FEW} true`, says: /allow more processes.*ulimit -u/i },
  'an output folder on a full disk': {
    line: `unshare --mount sh -c '${FULL}; onesend ${BRIEF} --out $OUT/out'`,
    needs: 'unshare --mount true',
  },
  'a result whose files cannot be written': {
    line: `unshare --mount sh -c '${DISK} && onesend ${BRIEF} --out $OUT'`,
    needs: 'unshare --mount true',
  },
  'a result that stdout does not take': { line: `onesend ${BRIEF} --out $OUT >/dev/full` },
  'an output folder that another run writes into': { line: `onesend ${BRIEF} --out $TAKEN` },
  'a working directory that was removed': {
    line: `mkdir $OUT/gone && cd $OUT/gone && rmdir $OUT/gone && onesend ${BRIEF} --out $OUT`,
    says: /the working directory was removed/,
  },
  'a loopback interface that is down': {
    line: 'unshare --net onesend demo',
    needs: 'unshare --net true',
    says: /ip link set lo up/,
  },
  'a user id without a name': {
    line: `${NAMELESS} env -u HOME onesend demo`,
    needs: `${NAMELESS} true`,
    says: /user id 54321 has none.*etc.passwd/,
  },
  'a port that is in use': { line: 'onesend proxy --port $PORT', says: /EADDRINUSE/ },
  'no Docker engine for `--infra containers`': {
    line: 'DOCKER_HOST=unix:///nowhere/docker.sock onesend demo --infra containers',
  },
  'a mistake of the rig: its stack is printed': {
    line: `NODE_OPTIONS='--import data:text/javascript,${MISTAKE}' onesend proxy --port 0`,
  },
  'a mutant that is not killed': {
    line: `${COPY} && rm $OUT/dist/scenarios/mutants/killing-cases/m01.js && node $OUT/dist/harness/cli/main.js mutants M01`,
    prints: /M01: not reached/,
  },
  'a wire mutant that took effect, and that no property names': {
    line: `${COPY} && sed -i 's/ - 1 WHERE/ - 0 WHERE/' $OUT/dist/harness/live/sabotage/database-mutants.js && node $OUT/dist/harness/cli/main.js sabotage X60 --system reference`,
    prints: /X60: BLIND: the legacy app takes one unit more/,
  },
  'Ctrl-C: `certify` and `gate` still write what they found': {
    line: `onesend certify --system reference --lane sim --runs 9000000 --out $OUT 2>$OUT/said & ${CTRL_C}`,
  },
};

const ROWS = [
  ...readFileSync(join(packageRoot, 'docs/exit-codes.md'), 'utf8').matchAll(/^\| (\d+) +\| (.+?) +\|$/gm),
].map(([, code = '', cause = '']) => [Number(code), cause] as const);

let folder: string;
const occupant = createServer();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-exit-codes-'));
  await lockFolder(folder);
  occupant.listen(0, '127.0.0.1');
  await once(occupant, 'listening');
});
afterAll(async () => {
  occupant.close();
  await rm(folder, { recursive: true, force: true });
});

test('the causes in docs/exit-codes.md are those that the tests provoke', () => {
  expect(ROWS.map(([, cause]) => cause)).toEqual(Object.keys(PROVOCATIONS));
});

describe.concurrent('exit code', () => {
  test.for(ROWS)('exit code %i: %s', async ([exitCode, cause], context) => {
    const provocation = PROVOCATIONS[cause];
    if (provocation?.needs !== undefined) await needs(context, provocation.needs);
    const environment = {
      OUT: await mkdtemp(join(folder, 'out-')),
      TAKEN: folder,
      UNASKED,
      ONE_ROLE,
      PORT: String(boundAddress(occupant).port),
    };
    const ended = await shell(provocation?.line ?? 'false', { environment });
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stdout).toMatch(provocation?.prints ?? /(?:)/);
    const isError = exitCode === 2 || exitCode === 4;
    expect(ended.stderr).toMatch(provocation?.says ?? (isError ? /^ONESEND_/m : /(?:)/));
    const isMistake = cause.startsWith('a mistake');
    expect(errorLines(ended).slice(1).length > 0).toBe(isMistake);
    expect(ended.stderr.includes('Onesend made a mistake')).toBe(isMistake);
  });
});
