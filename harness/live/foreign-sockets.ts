// Watches whether processes of a system connect to another machine, by the kernel's tables of sockets. Linux only.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { readProcess } from './guard/process-table.ts';

/** How often the tables are read. A connection that is shorter can be missed. */
const POLL_MS = 50;

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

/** A watch over sockets, until it is stopped. */
export interface ForeignWatch {
  /** Returns the foreign addresses (`host:port`) that were seen; undefined if a table could not be read. */
  stop(): readonly string[] | undefined;
}

/** Watches the processes; `pids` is called at each look, because processes start and end meanwhile. */
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

/** The remote addresses of a process; none if it has ended meanwhile. */
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

/** The remote addresses, without loopback, of the sockets with these inodes in the text of a `/proc/PID/net` table. */
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

/** The kernel prints words of four bytes in the machine's byte order. The rig runs on little-endian machines: the last byte is first. */
function bytesOf(host: string): number[] {
  const words = host.match(/.{8}/g) ?? [];
  return words.flatMap((word) => (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)));
}

/** The first bytes of an IPv4 address that is mapped into IPv6. */
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
