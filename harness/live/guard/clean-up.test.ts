// Who counts as surviving: the decision on which the guard kills.
import { describe, expect, test } from 'vitest';
import { survivors } from './clean-up.ts';
import type { ProcessRecord } from './process-table.ts';
import { type WatchedProcess, applyLine, applyCommand, emptyWatchList } from './watch-list.ts';

function watching(...processes: WatchedProcess[]) {
  const list = emptyWatchList();
  for (const process of processes) applyCommand(list, { kind: 'watch-process', process });
  return list;
}

const leader: WatchedProcess = { pid: 70, startTime: '100', group: true, endWith: 'SIGTERM' };
const running = (pid: number, group: number, startTime: string): ProcessRecord => ({
  pid,
  group,
  startTime,
  ended: false,
});

describe('the processes that the guard ends', () => {
  test('are those it watches and the members of the groups they lead', () => {
    const table = [running(70, 70, '100'), running(71, 70, '105'), running(72, 72, '106')];
    expect(survivors(watching(leader), table)).toEqual([70, 71]);
  });

  test('are not a later process that was given the same pid, nor its group', () => {
    const table = [running(70, 70, '999'), running(71, 70, '999')];
    expect(survivors(watching(leader), table)).toEqual([]);
  });

  test('are the members of a group whose leader has ended', () => {
    const orphan = running(71, 70, '105');
    expect(survivors(watching(leader), [orphan])).toEqual([71]);
    expect(survivors(watching(leader), [{ ...running(70, 70, '100'), ended: true }, orphan])).toEqual([71]);
  });

  test('are not the group of a process that only belongs to it', () => {
    const member: WatchedProcess = { ...leader, group: false };
    expect(survivors(watching(member), [running(70, 70, '100'), running(71, 70, '105')])).toEqual([70]);
  });

  test('are not those that were forgotten', () => {
    const list = watching(leader);
    applyLine(list, '{"kind":"forget-process","pid":70}');
    expect(survivors(list, [running(70, 70, '100')])).toEqual([]);
  });
});

describe('the list of what is watched', () => {
  test('takes a directory up and forgets it', () => {
    const list = emptyWatchList();
    applyLine(list, '{"kind":"watch-directory","path":"/tmp/a"}');
    applyLine(list, '{"kind":"watch-directory","path":"/tmp/b"}');
    applyLine(list, '{"kind":"forget-directory","path":"/tmp/a"}');
    expect([...list.directories]).toEqual(['/tmp/b']);
  });

  test('passes over a line that was cut off', () => {
    const list = emptyWatchList();
    applyLine(list, '{"kind":"watch-directory","pa');
    expect(list).toEqual(emptyWatchList());
  });
});
