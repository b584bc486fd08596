// How a dump describes the events of the world. The descriptions are constants, so that a run allocates none.
import { MICROS_PER_MS } from './clock.ts';
import type { ScheduleOptions } from './engine.ts';
import type { ScheduledEvent } from './incarnation.ts';

/** The events that wake no process. */
export const EVENTS = {
  arrival: { what: 'a message arrives over the link' },
  connectionEnds: { what: 'a connection ends' },
  partArrives: { what: 'a part of an answer arrives' },
  callerSeenLeft: { what: 'the service sees that its caller has left' },
  refusal: { what: 'a connection is refused' },
  providerHop: { what: 'a call reaches the provider' },
  providerDecides: { what: 'the provider decides, after its delay' },
  providerAnswers: { what: "the provider's answer arrives" },
  commit: { what: 'the database carries out a COMMIT or ROLLBACK' },
  deadlockCheck: { what: 'the database looks for a deadlock' },
  restart: { what: 'a crashed process is started' },
  grace: { what: "the grace of a process's shutdown ends" },
  continues: { what: 'a paused process resumes' },
  faultEnds: { what: 'the effect of a decision ends' },
  userRequest: { what: 'a request of the user arrives' },
  userAnswer: { what: 'the user gets an answer' },
  repeat: { what: 'a client repeats a uuid' },
} as const satisfies Readonly<Record<string, ScheduleOptions>>;

/** An event for a dump: its description and its time, such as `the end of a sleep, at 12.5 ms`. */
export function eventWords({ what, atMicros }: ScheduledEvent): string {
  return `${what}, at ${atMicros / MICROS_PER_MS} ms`;
}
