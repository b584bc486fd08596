// The style and the script of the page, as they are in the files of the folder `browser`, with the hashes by which its policy allows them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A style or a script of the page. */
export interface Asset {
  readonly text: string;
  /** What a Content-Security-Policy names it by. */
  readonly source: string;
}

/** Everything that the page is styled with. */
export const STYLE = assetOf(['page.css', 'sections.css', 'diagram.css', 'counterexample.css', 'media.css']);

/** Everything that the page runs. */
export const SCRIPT = assetOf(['page.js', 'counterexample.js']);

/** The files one after the other: the policy allows one style and one script. */
function assetOf(names: readonly string[]): Asset {
  const text = names.map((name) => readFileSync(new URL(`browser/${name}`, import.meta.url), 'utf8')).join('\n');
  return { text, source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` };
}
