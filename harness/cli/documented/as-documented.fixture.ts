// Expects real output to be what the pages show.
import { expect } from 'vitest';
import { differences, type Likeness } from './compare-output.fixture.ts';

/** Fails unless the output is what every page shows below the command. */
export function expectAsDocumented(command: string, output: string, likeness: Likeness = 'exact'): void {
  expect(differences(command, output, likeness), `printed:\n${output}`).toEqual([]);
}
