// Opens a file with the program that the user's desktop has for it: only for a person at a terminal, and never in CI.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What is known of the process and its machine. */
export interface Desktop {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: { readonly isTTY?: boolean };
}

/** The command that opens a file, with its arguments before the file; undefined where no person would see it. */
export function openerOn({ platform, env, stdout }: Desktop): readonly [string, ...string[]] | undefined {
  const isCi = !['', '0', 'false'].includes(env['CI'] ?? '');
  if (isCi || stdout.isTTY !== true) return undefined;
  if (platform === 'darwin') return ['open'];
  // The first argument of `start` in quotes would be the title of a window.
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  const hasScreen = [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '');
  return hasScreen ? ['xdg-open'] : undefined;
}

/** Opens the file, and answers whether its program was started. It does not wait for that program to end. */
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
