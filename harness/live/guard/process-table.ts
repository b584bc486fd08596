// What the operating system reports about processes. A pid can be reused, so each record has the start time of its process: pid and start
// time together are never reused. Linux reports from /proc, other systems through ps.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** One process as the operating system reports it; `ended` is true for a zombie, which its parent has not waited for yet. */
export interface ProcessRecord {
  pid: number;
  parent: number;
  group: number;
  /** The name of its program, which Linux cuts off after 15 characters. */
  name: string;
  startTime: string;
  ended: boolean;
}

/** The record of `pid`; undefined when there is no such process. */
export function readProcess(pid: number): ProcessRecord | undefined {
  if (process.platform !== 'linux') return runPs(['-p', String(pid)])[0];
  try {
    return parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Every process that this user can see. */
export function listProcesses(): ProcessRecord[] {
  if (process.platform !== 'linux') return runPs(['-ax']);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((record) => record !== undefined);
}

/** Whether the program that `pid` runs is in one of `directories` or below. Only Linux reports this; elsewhere it is false. */
export function runsFrom(pid: number, directories: readonly string[]): boolean {
  if (process.platform !== 'linux' || directories.length === 0) return false;
  try {
    const program = readlinkSync(`/proc/${pid}/exe`);
    return directories.some((directory) => program.startsWith(`${directory}/`));
  } catch {
    return false;
  }
}

/** Parses one /proc/PID/stat. The program's name, in parentheses, can itself contain spaces and parentheses. */
export function parseProcStat(text: string): ProcessRecord {
  const nameEnd = text.lastIndexOf(')');
  const fields = text.slice(nameEnd + 2).split(' ');
  const [state = '', parent = '', group = ''] = fields;
  return {
    pid: Number.parseInt(text, 10),
    parent: Number(parent),
    group: Number(group),
    name: text.slice(text.indexOf('(') + 1, nameEnd),
    // Field 22 of proc(5), in clock ticks since boot.
    startTime: fields[19] ?? '',
    ended: 'ZXx'.includes(state),
  };
}

/** Parses one line of `ps -o pid=,ppid=,pgid=,stat=,lstart=,comm=`; undefined when it is not one. */
export function parsePsLine(line: string): ProcessRecord | undefined {
  const [, pid, parent, group, state, startTime, name] = PS_LINE.exec(line) ?? [];
  if (pid === undefined || state === undefined || startTime === undefined || name === undefined) return undefined;
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    name,
    startTime,
    ended: state.startsWith('Z'),
  };
}

/** The start time has five words. */
const PS_LINE = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+((?:\S+\s+){4}\S+)\s+(.*?)\s*$/;

function runPs(selection: readonly string[]): ProcessRecord[] {
  try {
    const output = execFileSync('ps', ['-o', 'pid=,ppid=,pgid=,stat=,lstart=,comm=', ...selection], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output
      .split('\n')
      .map(parsePsLine)
      .filter((record) => record !== undefined);
  } catch {
    return [];
  }
}
