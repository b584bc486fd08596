// The workflow that `init --github` writes: it certifies the pair before anything is merged, and keeps what was found.
import type { NewFile } from './write-new-files.ts';

/** Where GitHub looks for it. */
const PATH = '.github/workflows/onesend.yml';

const TEXT = `# Certifies the pair of systems. Any exit code but 0 fails the job: a violation (1), but also a run that decided nothing (3, 4, 5).
# To block a merge, require the job "certify" in the protection of the branch.
name: onesend

on:
  pull_request:
  push:
    branches: [main]
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: onesend-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  certify:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      # Counterexamples of earlier runs, by their ids.
      - uses: actions/cache@v4
        with:
          path: .onesend
          key: onesend-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: onesend-
      - run: npx onesend doctor
      - run: npx onesend certify --max-time 10m
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: onesend
          path: |
            reports/out
            .onesend/failures
          include-hidden-files: true
          if-no-files-found: ignore
`;

/** The file, relative to the root of the repository. */
export function githubWorkflow(): NewFile {
  return { path: PATH, text: TEXT };
}
