import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { githubWorkflow } from './github-workflow.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: { readonly certify: { readonly 'timeout-minutes': number; readonly steps: readonly Step[] } };
}

const { permissions, jobs } = parse(githubWorkflow().text) as Workflow;
const { steps } = jobs.certify;

test('it certifies within a time that leaves the job room, and nothing makes up for a failure', () => {
  const certify = steps.find(({ run }) => run?.startsWith('npx onesend certify') === true);
  const minutes = Number(/--max-time (\d+)m$/.exec(certify?.run ?? '')?.[1]);
  expect(minutes).toBeGreaterThan(0);
  expect(minutes).toBeLessThan(jobs.certify['timeout-minutes']);
  expect(JSON.stringify(jobs)).not.toContain('continue-on-error');
});

test('the report and the failures are uploaded whatever came out, and what was installed is cached', () => {
  const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@') === true);
  expect(upload?.if).toBe('always()');
  // Without this the action leaves out what begins with a dot.
  expect(upload?.with).toMatchObject({ path: 'reports/out\n.onesend/failures\n', 'include-hidden-files': true });
  const cached = steps.flatMap((step) => step.with?.['cache'] ?? []);
  expect(cached).toEqual(['npm']);
});

test('the job may read the repository, and nothing else', () => {
  expect(permissions).toEqual({ contents: 'read' });
});
