// The one table of errors of the operating system: what each means, and what the user can do about it.
import { OnesendError } from './errors.ts';

/** An error of the machine. */
export interface MachineError {
  /** Such as `EMFILE`. */
  readonly code: string;
  /** What to do about it, in one sentence. */
  readonly hint: string;
  /** Whether a resource ran out. If so, this hint replaces the hint of the code that met the error. */
  readonly isShortage: boolean;
}

interface Entry {
  readonly codes: readonly string[];
  /** The words in which programs that the rig starts report it, in lower case. */
  readonly words: readonly string[];
  readonly hint: string;
}

const MEMORY = 'free memory, raise the memory limit, or use fewer slots (--slots)';
const UNREACHABLE = 'loopback must work: ip link set lo up';
const ENDED =
  'a process or server of the run has ended or does not answer: was it killed, perhaps because memory ran out?';

/** Resources that can run out. */
const SHORTAGES: readonly Entry[] = [
  {
    codes: ['EMFILE', 'ENFILE'],
    words: ['too many open files'],
    hint: 'allow more open files: ulimit -n 4096',
  },
  {
    codes: ['EAGAIN', 'ERR_WORKER_INIT_FAILED'],
    words: ['resource temporarily unavailable'],
    hint: 'allow more processes and threads: ulimit -u, or the pids limit of the container',
  },
  {
    codes: ['ENOMEM', 'ERR_WORKER_OUT_OF_MEMORY'],
    words: ['cannot allocate memory', 'out of memory'],
    hint: MEMORY,
  },
  {
    codes: ['ENOSPC', 'EDQUOT', 'EFBIG'],
    words: ['no space left on device', 'disk quota exceeded', 'file too large'],
    hint: 'make room, or name another folder: TMPDIR for temporary files, --out for results',
  },
  {
    codes: ['EROFS'],
    words: ['read-only file system'],
    hint: 'name a folder that can be written to: TMPDIR for temporary files, --out for results',
  },
  {
    codes: ['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
    words: ['cannot assign requested address', 'network is unreachable'],
    hint: UNREACHABLE,
  },
];

/** Errors for which the code that met them can have a better hint. */
const OTHERS: readonly Entry[] = [
  { codes: ['EACCES', 'EPERM'], words: [], hint: 'give this user the permission, or name another folder with TMPDIR' },
  { codes: ['EIO', 'ESTALE', 'ENXIO'], words: [], hint: 'check the disk and its mounts' },
  { codes: ['ENOENT', 'ENOTDIR'], words: [], hint: 'the file was removed, or was never there' },
  { codes: ['EADDRINUSE'], words: [], hint: 'end the program that holds the port, or run again' },
  {
    codes: ['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'],
    words: [],
    hint: ENDED,
  },
  {
    codes: ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'],
    words: [],
    hint: 'the installation is incomplete: npm ci, or in a clone npm run build',
  },
];

/** What Node's message says when the working directory was removed. */
const DELETED_DIRECTORY = /uv_cwd|getcwd/;

const DELETED: MachineError = {
  code: 'ENOENT',
  hint: 'the working directory was removed: go to one that is there',
  isShortage: true,
};

/** Ends the search through causes: an error can be its own cause. */
const DEPTH_MAX = 8;

/** The error of the machine that `thrown` is or was caused by; undefined when there is none. */
export function machineErrorOf(thrown: unknown): MachineError | undefined {
  const errors = chainOf(thrown);
  if (errors.some(({ message }) => DELETED_DIRECTORY.test(message))) return DELETED;
  const codes = errors.flatMap((error) => ('code' in error && typeof error.code === 'string' ? [error.code] : []));
  return find(SHORTAGES, codes, true) ?? find(OTHERS, codes, false);
}

/** The resource that ran out, by the codes of an error or by output of a program or thread that it quotes; undefined when there is none. */
export function shortageIn(thrown: unknown): MachineError | undefined {
  const met = machineErrorOf(thrown);
  if (met?.isShortage === true) return met;
  const text = chainOf(thrown)
    .flatMap((error) => [error.message, ...(error instanceof OnesendError ? error.details : [])])
    .join('\n');
  const isQuoted = ({ codes, words }: Entry): boolean =>
    codes.some((code) => new RegExp(String.raw`\b${code}\b`).test(text)) ||
    words.some((word) => text.toLowerCase().includes(word));
  const quoted = SHORTAGES.find(isQuoted);
  return quoted === undefined ? undefined : find([quoted], quoted.codes, true);
}

function find(entries: readonly Entry[], codes: readonly string[], isShortage: boolean): MachineError | undefined {
  for (const code of codes) {
    const entry = entries.find((each) => each.codes.includes(code));
    if (entry !== undefined) return { code, hint: entry.hint, isShortage };
  }
  return undefined;
}

/** An error with all that caused it, the outermost first. */
function chainOf(thrown: unknown, depth = 0): Error[] {
  if (!(thrown instanceof Error) || depth > DEPTH_MAX) return [];
  const causes: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors : [thrown.cause];
  return [thrown, ...causes.flatMap((cause) => chainOf(cause, depth + 1))];
}
