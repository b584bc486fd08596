// The workflow that `init --github` writes: it certifies the pair before a merge, and keeps the counterexamples.
import { join } from 'node:path';
import type { NewFile } from './write-new-files.ts';

/** The path of the workflow, relative to the root of the repository. */
const PATH = '.github/workflows/onesend.yml';

/** The place of the pair in its repository. */
export interface WorkflowPlace {
  /** The absolute path of the repository. */
  readonly root: string;
  /** The folder of the configuration, relative to the root; empty for the root itself. */
  readonly folder: string;
  /** The folder of the package-lock.json that holds Onesend, relative to the root; empty for the root itself. */
  readonly packages: string;
}

/** The job, also among the jobs of a matrix: the same in each run of the workflow. */
const JOB = '${{ github.job }}-${{ strategy.job-index }}';

/** The file of the workflow. */
export function githubWorkflow({ root, folder, packages }: WorkflowPlace): NewFile {
  return { path: join(root, PATH), text: workflowText(withSlashes(folder), withSlashes(packages)) };
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

function workflowText(folder: string, packages: string): string {
  const isRoot = folder === '';
  const within = (path: string): string => (isRoot ? path : `${folder}/${path}`);
  const runFolder = isRoot ? '' : `\n    defaults:\n      run:\n        working-directory: ${folder}`;
  const lockFile = packages === '' ? '' : `\n          cache-dependency-path: ${packages}/package-lock.json`;
  // Steps run in the folder of the configuration, but npm reads the lock file of the folder that it runs in.
  const installFolder = packages === folder ? '' : `\n        working-directory: ${packages === '' ? '.' : packages}`;
  const branch = 'onesend-${{ github.ref_name }}-';
  // Two jobs, or the jobs of a matrix, must not write under one name: the second upload of a name fails, and a cache is kept once. A step
  // makes the name known to all others, because `github.job` has no value in the environment of a job.
  const job = `${JOB}-\${{ github.run_attempt }}`;
  const key = `${branch}\${{ github.run_id }}-${job}`;
  return `# Certifies the pair of systems. Any exit code except 0 fails the job: a violation (1), but also a run without an answer (3, 4, 5).
# To block a merge, require the job "certify" in the protection of the branch.
name: onesend

on:
  pull_request:
  push:
    branches: [main] # your default branch
  workflow_dispatch:

permissions:
  contents: read
  # security-events: write # to upload results.sarif

concurrency:
  group: onesend-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  certify:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    env:
      npm_config_yes: 'false' # npx runs the onesend of package-lock.json, and installs no other
      # ONESEND_BASELINE: onesend.baseline.json # violations that are accepted until a day${runFolder}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm${lockFile}
      - run: npm ci${installFolder}
      # The name of the artifact below; the summary of the job says how to replay with it.
      - run: echo 'ONESEND_ARTIFACT=onesend-${job}' >> "$GITHUB_ENV"
      # Both systems must be ready to start from here on: add the commands that build them, such as \`composer install\` and \`go build\`.
      - run: npx onesend doctor
      # The counterexamples of the last run on this branch are replayed first, in seconds; only one that still fails ends the job here.
      - uses: actions/cache/restore@v4
        with:
          path: ${within('.onesend')}
          key: ${key}
          restore-keys: ${branch}
      - if: hashFiles('${within('.onesend/last-failed.json')}') != ''
        run: npx onesend certify --last-failed || [ $? -ne 1 ]
      - run: npx onesend certify --max-time 10m
${commentedSteps(within('reports/out/results.sarif'))}
${lastSteps(within, key)}`;
}

/** The steps that run after any outcome: they keep the failures for the next run, and upload what was found. */
function lastSteps(within: (path: string) => string, key: string): string {
  return `      - uses: actions/cache/save@v4
        if: always()
        with:
          path: ${within('.onesend')}
          key: ${key}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: \${{ env.ONESEND_ARTIFACT }}
          path: |
            ${within('reports/out')}
            ${within('.onesend/failures')}
          include-hidden-files: true
          if-no-files-found: ignore
`;
}

/** The steps that a team can add by removing their `#`. */
function commentedSteps(sarif: string): string {
  return `      # The runbook's gates. Name those that the pair can show: one that is NOT OBSERVED ends with exit code 3.
      # - run: npx onesend gate 0 1 2 5
      # Code scanning; it needs the permission above.
      # - uses: github/codeql-action/upload-sarif@v3
      #   if: always() && hashFiles('${sarif}') != ''
      #   with:
      #     sarif_file: ${sarif}
      #     category: onesend-${JOB}`;
}
