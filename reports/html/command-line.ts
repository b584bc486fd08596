// A command for a shell, with a button that copies it.
import { type Markup, markup } from './markup.ts';

/** The command with its button. */
export function commandLine(command: string): Markup {
  return markup`<span class="command"><code>${command}</code><button type="button" class="quiet" data-copy="${command}">Copy</button></span>`;
}
