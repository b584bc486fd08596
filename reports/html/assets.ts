// The style and the script of the page, from the files of the folder `browser`, with the hashes by which the page's policy allows them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A style or a script of the page. */
export interface Asset {
  readonly text: string;
  /** The source expression that allows it in a Content-Security-Policy: its hash. */
  readonly source: string;
}

/** The style of the page. */
export const STYLE = assetOf(['page.css', 'sections.css', 'diagram.css', 'counterexample.css', 'media.css']);

/** The script of the page. */
export const SCRIPT = assetOf(['page.js', 'counterexample.js']);

/** Joins the files into one asset, because the policy allows one style and one script. */
function assetOf(names: readonly string[]): Asset {
  const text = names.map((name) => readFileSync(new URL(`browser/${name}`, import.meta.url), 'utf8')).join('\n');
  return { text, source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` };
}
