// The workflow that `init --github` writes: it certifies the pair before anything is merged, and keeps what was found.
import { join } from 'node:path';
import type { NewFile } from './write-new-files.ts';

/** Where GitHub looks for it, from the root of the repository. */
const PATH = '.github/workflows/onesend.yml';

/** Where the pair is. */
export interface WorkflowPlace {
  /** The root of the repository. */
  readonly root: string;
  /** The folder of the configuration, from the root; empty where it is the root. */
  readonly folder: string;
}

/** The file. */
export function githubWorkflow({ root, folder }: WorkflowPlace): NewFile {
  return { path: join(root, PATH), text: workflowText(folder.replaceAll('\\', '/')) };
}

function workflowText(folder: string): string {
  const isRoot = folder === '';
  const within = (path: string): string => (isRoot ? path : `${folder}/${path}`);
  const runFolder = isRoot ? '' : `\n    defaults:\n      run:\n        working-directory: ${folder}`;
  const lockFile = isRoot ? '' : `\n          cache-dependency-path: ${within('package-lock.json')}`;
  const branch = 'onesend-${{ github.ref_name }}-';
  const key = `${branch}\${{ github.run_id }}-\${{ github.run_attempt }}`;
  return `# Certifies the pair of systems. Any exit code but 0 fails the job: a violation (1), but also a run that decided nothing (3, 4, 5).
# To block a merge, require the job "certify" in the protection of the branch.
name: onesend

on:
  pull_request:
  push:
    branches: [main] # your default branch
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: onesend-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  certify:
    runs-on: ubuntu-latest
    timeout-minutes: 30${runFolder}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm${lockFile}
      - run: npm ci
      # Both systems must be ready to start from here on: add what installs and builds them, such as \`composer install\` and \`go build\`.
      - run: npx onesend doctor
      # What the last run on this branch found is replayed in seconds, before the search; only a case that still fails ends the job here.
      - uses: actions/cache/restore@v4
        with:
          path: ${within('.onesend')}
          key: ${key}
          restore-keys: ${branch}
      - if: hashFiles('${within('.onesend/last-failed.json')}') != ''
        run: npx onesend replay --last-failed || [ $? -ne 1 ]
      - run: npx onesend certify --max-time 10m
      # The runbook's gates, where the pair has an endpoint for each: one that cannot be observed ends with 3.
      # - run: npx onesend gate
      - uses: actions/cache/save@v4
        if: always()
        with:
          path: ${within('.onesend')}
          key: ${key}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: onesend
          path: |
            ${within('reports/out')}
            ${within('.onesend/failures')}
          include-hidden-files: true
          if-no-files-found: ignore
`;
}
