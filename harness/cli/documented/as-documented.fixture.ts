// Compares real output with the output that the pages show.
import { expect } from 'vitest';
import { differences, type Likeness } from './compare-output.fixture.ts';

/** Fails unless every page that shows output below the command shows this one. */
export function expectAsDocumented(command: string, output: string, likeness: Likeness = 'exact'): void {
  expect(differences(command, output, likeness), `printed:\n${output}`).toEqual([]);
}
