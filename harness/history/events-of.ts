// The events of one kind, and the one that says when loss may be judged.
import type { EventKind, EventOf } from '../formats/event.ts';
import type { History } from '../formats/history.ts';

/** All events of one kind, in order. */
export function eventsOf<K extends EventKind>(history: History, kind: K): EventOf<K>[] {
  return history.events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** Whether the run came to rest. Without that, what has not happened yet may still happen, and nothing is lost. */
export function isQuiescent(history: History): boolean {
  return history.events.some((event) => event.kind === 'quiescent');
}
