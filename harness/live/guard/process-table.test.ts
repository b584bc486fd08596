// The process table: what is read from /proc and from ps.
import { describe, expect, test } from 'vitest';
import { listProcesses, parseProcStat, parsePsLine, readProcess, runsFrom } from './process-table.ts';

const tail = '1 40 41 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 1 2 3';

describe('the process table', () => {
  test('the process table reads parent, group, name and start time of a process whose name holds spaces and parentheses', () => {
    expect(parseProcStat(`42 (a) b (c)) S ${tail}`)).toEqual({
      pid: 42,
      parent: 1,
      group: 40,
      name: 'a) b (c)',
      startTime: '987654',
      ended: false,
    });
  });

  test('the process table reports a zombie as ended', () => {
    expect(parseProcStat(`42 (node) Z ${tail}`).ended).toBe(true);
  });

  test('the process table reads a line of ps', () => {
    const startTime = 'Mon Jan  6 10:11:12 2025';
    expect(parsePsLine(`  42  7  40 Ss   ${startTime} a b `)).toEqual({
      pid: 42,
      parent: 7,
      group: 40,
      name: 'a b',
      startTime,
      ended: false,
    });
    expect(parsePsLine(`42 7 40 Z+ ${startTime} (node)`)?.ended).toBe(true);
    expect(parsePsLine('')).toBeUndefined();
  });

  test('the process table finds this process and the folder of its program, and no process with an impossible pid', () => {
    expect(readProcess(process.pid)).toMatchObject({ pid: process.pid, ended: false });
    expect(listProcesses().map(({ pid }) => pid)).toContain(process.pid);
    expect(readProcess(2 ** 30)).toBeUndefined();
    expect(runsFrom(process.pid, ['/nowhere'])).toBe(false);
  });
});
