// A toy whose module takes seconds to load, as any module can on a busy machine.
import { setTimeout as sleep } from 'node:timers/promises';
import { toySystem } from './toy-system.fixture.ts';

await sleep(3_000);

/** The toy; worker threads load it from this module. */
export const system = { ...toySystem(), module: import.meta.url };
