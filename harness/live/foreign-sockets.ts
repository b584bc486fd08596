// Whether processes of a system speak to anything but this machine, as the kernel's tables of sockets show it. Linux only.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { readProcess } from './guard/process-table.ts';

/** A table is read again so often; a connection that is shorter may be missed. */
const POLL_MS = 50;

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

/** A look at sockets that goes on until it is stopped. */
export interface ForeignWatch {
  /** Answers with the foreign addresses that were seen; undefined where the tables could not be read. */
  stop(): readonly string[] | undefined;
}

/** Watches the processes with these pids. */
export function watchForeignSockets(pids: () => readonly number[]): ForeignWatch {
  const seen = new Set<string>();
  let isBlind = false;
  const look = (): void => {
    try {
      for (const address of foreignNow(pids())) seen.add(address);
    } catch {
      isBlind = true;
    }
  };
  look();
  const timer = setInterval(look, POLL_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return isBlind ? undefined : [...seen];
    },
  };
}

function foreignNow(pids: readonly number[]): string[] {
  const own = new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)));
  return pids.flatMap((pid) => remotesOf(pid)).filter((address) => !own.has(hostOf(address)));
}

/** What a process speaks to. One that has ended speaks to nothing. */
function remotesOf(pid: number): string[] {
  try {
    const inodes = new Set(socketsOf(pid));
    return TABLES.flatMap((name) => remotesIn(readFileSync(`/proc/${pid}/net/${name}`, 'utf8'), inodes));
  } catch (error) {
    if (readProcess(pid)?.ended === false) throw error;
    return [];
  }
}

/** The inodes of the sockets of a process. */
function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

/** The remote addresses, but those of loopback, in one of the kernel's tables for sockets with these inodes. */
export function remotesIn(table: string, inodes: ReadonlySet<string>): string[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const [host = '', port = ''] = (fields[2] ?? '').split(':');
      const bytes = bytesOf(host);
      const isNowhere = bytes.every((byte) => byte === 0);
      if (!inodes.has(fields[9] ?? '') || isNowhere || isLoopback(bytes)) return [];
      return [`${wordsOf(bytes)}:${Number.parseInt(port, 16)}`];
    });
}

/** The kernel prints words of four bytes, each in the order of the machine: on all machines that the rig runs on, the last byte first. */
function bytesOf(host: string): number[] {
  const words = host.match(/.{8}/g) ?? [];
  return words.flatMap((word) => (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)));
}

/** An IPv4 address within IPv6 begins so. */
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

function isLoopback(bytes: readonly number[]): boolean {
  const v4 = withoutMapping(bytes);
  if (v4.length === 4) return v4[0] === 127;
  return bytes.every((byte, index) => byte === (index === 15 ? 1 : 0));
}

function withoutMapping(bytes: readonly number[]): readonly number[] {
  return MAPPED.every((byte, index) => bytes[index] === byte) ? bytes.slice(MAPPED.length) : bytes;
}

function wordsOf(bytes: readonly number[]): string {
  const v4 = withoutMapping(bytes);
  if (v4.length === 4) return v4.join('.');
  return (Buffer.from(bytes).toString('hex').match(/.{4}/g) ?? []).join(':');
}

function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}
