// The addresses on which this process listens, according to the Linux kernel: what other machines could reach.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';

/** Each address once: IPv4 in dotted form, all of IPv6 as `IPv6`. */
export function listeningAddresses(): string[] {
  const own = new Set(readdirSync('/proc/self/fd').map(inodeOf));
  const rows = (version: string): string[][] =>
    readFileSync(`/proc/self/net/${version}`, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTENING && own.has(inode));
  const four = rows('tcp').map(([, local = '']) => dotted(local));
  return [...new Set([...four, ...rows('tcp6').map(() => 'IPv6')])].toSorted();
}

function inodeOf(descriptor: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${descriptor}`))?.[1];
  } catch {
    // The descriptor that listed the folder is closed by now.
    return undefined;
  }
}

/** An IPv4 address from the kernel's hexadecimal form, whose bytes are in little-endian order. */
function dotted(local: string): string {
  const bytes = local.slice(0, 8).match(/../g) ?? [];
  return bytes
    .map((byte) => Number.parseInt(byte, 16))
    .toReversed()
    .join('.');
}
