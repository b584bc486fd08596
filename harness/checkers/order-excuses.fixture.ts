// The histories of the excuses of events that two observers saw too near to each other, in docs/excuses.md. Used by tests only.
import type { History } from '../formats/history.ts';
import { at, attempt, authority, committed, during, entry, historyOf } from '../history/history.fixture.ts';

const asked = during(12, 13, attempt('service', 'c1#1', 'a'));

/** The service asks the provider between 12 and 13 ms, and the uuid is committed within `commitMs`. */
function givenIn(commitMs: readonly [number, number]): History {
  return historyOf({}, [committed(5, commitMs, entry('c1#1', 'u1')), asked]);
}

/** The same for the commit of the permission to send. */
function permittedIn(commitMs: readonly [number, number]): History {
  const permission = committed(5, commitMs, authority('u1', { holder: 'service' }));
  return historyOf({}, [at(1, entry('c1#1', 'u1')), permission, asked]);
}

/** In the form of `EXCUSES` in excuses.fixture.ts. */
export const ORDER_EXCUSES = {
  S6: { without: givenIn([14, 15]), excused: givenIn([12, 14]), inSpite: givenIn([13.5, 14]) },
  S20: { without: permittedIn([14, 15]), excused: permittedIn([12, 14]), inSpite: permittedIn([13.5, 14]) },
};
