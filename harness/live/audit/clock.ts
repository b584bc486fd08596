// The offset between the database's clock and the rig's.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { rigMicros } from '../observers/clock.ts';

/** Rig clock = database clock + offset, in microseconds, with the error to either side. */
export interface ClockOffset {
  readonly offsetMicros: number;
  readonly errorMicros: number;
}

const SAMPLES = 6;

/** The range that covers both samples: clocks drift, so between two samples the offset can have had any value between theirs. */
export function offsetBetween(first: ClockOffset, last: ClockOffset): ClockOffset {
  const low = Math.min(first.offsetMicros - first.errorMicros, last.offsetMicros - last.errorMicros);
  const high = Math.max(first.offsetMicros + first.errorMicros, last.offsetMicros + last.errorMicros);
  return { offsetMicros: (low + high) / 2, errorMicros: (high - low) / 2 };
}

/**
 * Compares the clocks. The database reads its clock between the query and the answer, so every sample bounds the offset from both
 * sides. The tightest bounds over all samples are closer than those of any one sample.
 */
export async function sampleClockOffset(client: pg.Client | pg.PoolClient): Promise<ClockOffset> {
  let [low, high] = [-Infinity, Infinity];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const asked = rigMicros();
    const { rows } = await client.query<{ micros: string }>(
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros',
    );
    const answered = rigMicros();
    const database = Number(rows[0]?.micros);
    assert(Number.isFinite(database), 'the database did not return its time');
    low = Math.max(low, asked - database);
    high = Math.min(high, answered - database);
  }
  // The bounds cross only when a clock was set meanwhile. The distance between them is then the error.
  return { offsetMicros: (low + high) / 2, errorMicros: Math.abs(high - low) / 2 + 1 };
}
