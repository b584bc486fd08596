import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { githubWorkflow } from './github-workflow.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly 'working-directory'?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: {
    readonly certify: {
      readonly 'timeout-minutes': number;
      readonly defaults?: unknown;
      readonly env: unknown;
      readonly steps: readonly Step[];
    };
  };
}

function textFor(folder: string, packages = folder): string {
  return githubWorkflow({ root: '/repository', folder, packages }).text;
}

function workflowFor(folder: string, packages = folder): Workflow {
  return parse(textFor(folder, packages)) as Workflow;
}

/** The workflow with every line that is a step or a field, but for its `#`. */
function wholeWorkflowFor(folder: string): Workflow {
  return parse(textFor(folder).replaceAll(/^( *)# (?=(?:- |  |[\w-]+: \S))/gm, '$1')) as Workflow;
}

const { permissions, jobs } = workflowFor('');
const { steps } = jobs.certify;

function using(action: string, all: readonly Step[] = steps): Step {
  const [found, ...more] = all.filter(({ uses }) => uses?.startsWith(`${action}@`));
  expect(more).toEqual([]);
  return found ?? {};
}

test('the workflow for GitHub limits the certification to less than the time of the job, and ignores no failure', () => {
  const certify = steps.find(({ run }) => run?.startsWith('npx onesend certify --max-time') === true);
  const minutes = Number(/--max-time (\d+)m$/.exec(certify?.run ?? '')?.[1]);
  expect(minutes).toBeGreaterThan(0);
  expect(minutes).toBeLessThan(jobs.certify['timeout-minutes']);
  expect(JSON.stringify(jobs)).not.toContain('continue-on-error');
});

test('the workflow runs the installed onesend only, and lets npx install nothing', () => {
  expect(jobs.certify.env).toEqual({ npm_config_yes: 'false' });
});

test('the workflow uploads the report and the failures after any outcome, and caches the packages of npm', () => {
  const upload = using('actions/upload-artifact');
  expect(upload.if).toBe('always()');
  // By default the action leaves out files whose names begin with a dot.
  expect(upload.with).toMatchObject({ path: 'reports/out\n.onesend/failures\n', 'include-hidden-files': true });
  const cached = steps.flatMap((step) => step.with?.['cache'] ?? []);
  expect(cached).toEqual(['npm']);
});

test('the workflow saves failures even if the job fails, and replays them first on the next run of the branch', () => {
  const [restore, save] = [using('actions/cache/restore'), using('actions/cache/save')];
  expect(save.if).toBe('always()');
  expect(save.with).toEqual({ path: '.onesend', key: restore.with?.['key'] });
  expect(restore.with?.['key']).toMatch(/^onesend-\$\{\{ github\.ref_name \}\}-\$\{\{ github\.run_id \}\}/);
  expect(restore.with?.['restore-keys']).toBe('onesend-${{ github.ref_name }}-');
  const order = steps.map(({ uses = '', run = '' }) => uses + run);
  const at = (start: string): number => order.findIndex((each) => each.startsWith(start));
  const replay = at('npx onesend certify --last-failed');
  expect([at('actions/cache/restore'), replay, at('npx onesend certify --max-time')].toSorted((a, b) => a - b)).toEqual(
    [at('actions/cache/restore'), replay, at('npx onesend certify --max-time')],
  );
  expect(steps[replay]?.if).toBe("hashFiles('.onesend/last-failed.json') != ''");
});

test('the artifact and the cache of a job have names that no other job, matrix job or attempt uses', () => {
  expect(using('actions/upload-artifact').with?.['name']).toBe('${{ env.ONESEND_ARTIFACT }}');
  const naming = steps.findIndex(({ run }) => run?.startsWith("echo 'ONESEND_ARTIFACT=") === true);
  const name = steps[naming]?.run;
  expect(name).toMatch(/' >> "\$GITHUB_ENV"$/);
  expect(naming).toBeLessThan(steps.findIndex(({ run }) => run?.startsWith('npx onesend') === true));
  const key = using('actions/cache/save').with?.['key'];
  const own = ['${{ github.job }}', '${{ strategy.job-index }}', '${{ github.run_attempt }}'];
  for (const each of own) expect([name, key]).toEqual([expect.stringContaining(each), expect.stringContaining(each)]);
});

test('the workflow for a pair in a folder of the repository runs there, with every path relative to the root', () => {
  const { defaults, steps: inner } = workflowFor('apps/pair').jobs.certify;
  expect(defaults).toEqual({ run: { 'working-directory': 'apps/pair' } });
  expect(using('actions/setup-node', inner).with?.['cache-dependency-path']).toBe('apps/pair/package-lock.json');
  expect(using('actions/cache/save', inner).with?.['path']).toBe('apps/pair/.onesend');
  expect(using('actions/upload-artifact', inner).with?.['path']).toBe(
    'apps/pair/reports/out\napps/pair/.onesend/failures\n',
  );
});

test('the workflow installs in the folder of the lock file, which can be above the pair', () => {
  const { steps: inner } = workflowFor('apps/pair', '').jobs.certify;
  expect(using('actions/setup-node', inner).with).toEqual({ 'node-version': 22, cache: 'npm' });
  expect(inner.find(({ run }) => run === 'npm ci')?.['working-directory']).toBe('.');
  const { steps: between } = workflowFor('apps/pair', 'apps').jobs.certify;
  expect(using('actions/setup-node', between).with?.['cache-dependency-path']).toBe('apps/package-lock.json');
  expect(between.find(({ run }) => run === 'npm ci')?.['working-directory']).toBe('apps');
  expect(steps.find(({ run }) => run === 'npm ci')).toEqual({ run: 'npm ci' });
});

test('the steps and fields that the workflow proposes behind a # are valid, with every path relative to the root', () => {
  const { permissions: all, jobs: whole } = wholeWorkflowFor('apps/pair');
  expect(all).toEqual({ contents: 'read', 'security-events': 'write' });
  expect(whole.certify.env).toMatchObject({ ONESEND_BASELINE: 'onesend.baseline.json' });
  const upload = using('github/codeql-action/upload-sarif', whole.certify.steps);
  // A category that a second job shares replaces the alerts of the first; one that differs between runs keeps alerts open for ever.
  expect(upload.with).toEqual({
    sarif_file: 'apps/pair/reports/out/results.sarif',
    category: 'onesend-${{ github.job }}-${{ strategy.job-index }}',
  });
  expect(upload.if).toBe("always() && hashFiles('apps/pair/reports/out/results.sarif') != ''");
  expect(whole.certify.steps).toContainEqual({ run: 'npx onesend gate 0 1 2 5' });
});

test('the job of the workflow has only the permission to read the repository', () => {
  expect(permissions).toEqual({ contents: 'read' });
});
