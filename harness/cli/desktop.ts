// Opens a file with the program that the user's desktop has for it: only from an interactive terminal, and never in CI.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The properties of the process that decide whether it can open a file. */
export interface Desktop {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: { readonly isTTY?: boolean };
}

/** The command that opens a file, with the arguments that precede the file; undefined in CI, without a terminal or without a screen. */
export function openerOn({ platform, env, stdout }: Desktop): readonly [string, ...string[]] | undefined {
  const isCi = !['', '0', 'false'].includes(env['CI'] ?? '');
  if (isCi || stdout.isTTY !== true) return undefined;
  if (platform === 'darwin') return ['open'];
  // `start` takes its first quoted argument as the title of a window, so an empty title precedes the file.
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  const hasScreen = [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '');
  return hasScreen ? ['xdg-open'] : undefined;
}

/** Opens the file, and returns whether its program started. It does not wait for the program to end. */
export async function openOnDesktop(path: string, desktop: Desktop): Promise<boolean> {
  const opener = openerOn(desktop);
  if (opener === undefined) return false;
  const [command, ...before] = opener;
  const program = spawn(command, [...before, path], { detached: true, stdio: 'ignore' });
  program.unref();
  return once(program, 'spawn').then(
    () => true,
    () => false,
  );
}
