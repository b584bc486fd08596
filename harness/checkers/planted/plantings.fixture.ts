// All violations that are planted into lives. Used by tests only.
import { AUTHORITY_PLANTINGS } from './authority-plantings.fixture.ts';
import { ANSWER_PLANTINGS } from './answer-plantings.fixture.ts';
import { BREAKER_PLANTINGS } from './breaker-plantings.fixture.ts';
import { LIVENESS_PLANTINGS } from './liveness-plantings.fixture.ts';
import { MODE_PLANTINGS } from './mode-plantings.fixture.ts';
import type { Planting } from './planting.fixture.ts';
import { SAFETY_PLANTINGS } from './safety-plantings.fixture.ts';

/** All plantings. */
export const PLANTINGS: readonly Planting[] = [
  ...SAFETY_PLANTINGS,
  ...AUTHORITY_PLANTINGS,
  ...MODE_PLANTINGS,
  ...ANSWER_PLANTINGS,
  ...BREAKER_PLANTINGS,
  ...LIVENESS_PLANTINGS,
];
