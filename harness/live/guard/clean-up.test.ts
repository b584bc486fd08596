// Which processes count as survivors of the rig, and are killed by the guard.
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
  parent: 1,
  group,
  name: 'program',
  startTime,
  ended: false,
});
const childOf = (parent: number, record: ProcessRecord): ProcessRecord => ({ ...record, parent });
const pidsOf = (...parameters: Parameters<typeof survivors>): number[] =>
  survivors(...parameters).map(({ pid }) => pid);

describe('the processes that the guard ends', () => {
  test('the processes that the guard ends are those it watches and the members of the groups they lead', () => {
    const table = [running(70, 70, '100'), running(71, 70, '105'), running(72, 72, '106')];
    expect(pidsOf(watching(leader), table)).toEqual([70, 71]);
  });

  test('the processes that the guard ends do not include a later process that was given the same pid, nor its group', () => {
    const table = [running(70, 70, '999'), running(71, 70, '999')];
    expect(pidsOf(watching(leader), table)).toEqual([]);
  });

  test('the processes that the guard ends include the members of a group whose leader has ended', () => {
    const orphan = running(71, 70, '105');
    expect(pidsOf(watching(leader), [orphan])).toEqual([71]);
    expect(pidsOf(watching(leader), [{ ...running(70, 70, '100'), ended: true }, orphan])).toEqual([71]);
  });

  test('the processes that the guard ends do not include the group of a process that does not lead it', () => {
    const member: WatchedProcess = { ...leader, group: false };
    expect(pidsOf(watching(member), [running(70, 70, '100'), running(71, 70, '105')])).toEqual([70]);
  });

  test('the processes that the guard ends include all descendants of those it watches, in any group', () => {
    const table = [
      running(70, 70, '100'),
      childOf(71, running(72, 72, '103')),
      childOf(70, running(71, 71, '101')),
      running(73, 73, '103'),
    ];
    expect(pidsOf(watching(leader), table)).toEqual([70, 72, 71]);
  });

  test('the processes that the guard ends include descendants that it saw before their parents ended, but no later process with the same pid', () => {
    const list = watching(leader);
    survivors(list, [running(70, 70, '100'), childOf(70, running(71, 71, '101')), childOf(70, running(72, 72, '102'))]);
    expect(pidsOf(list, [running(71, 71, '101'), running(72, 72, '999')])).toEqual([71]);
  });

  test('the processes that the guard ends do not include those that were forgotten', () => {
    const list = watching(leader);
    applyLine(list, '{"kind":"forget-process","pid":70}');
    expect(pidsOf(list, [running(70, 70, '100')])).toEqual([]);
  });
});

describe('the watch list', () => {
  test('the watch list adds a directory and removes it', () => {
    const list = emptyWatchList();
    applyLine(list, '{"kind":"watch-directory","path":"/tmp/a"}');
    applyLine(list, '{"kind":"watch-directory","path":"/tmp/b"}');
    applyLine(list, '{"kind":"forget-directory","path":"/tmp/a"}');
    expect([...list.directories]).toEqual(['/tmp/b']);
  });

  test('the watch list skips a command that was cut off', () => {
    const list = emptyWatchList();
    applyLine(list, '{"kind":"watch-directory","pa');
    expect(list).toEqual(emptyWatchList());
  });
});
