// Finds, by text, the prefixes that Laravel's route groups put before the paths of their routes.
import { closing } from './source-text.ts';

/** A part of a source whose routes have a prefix. */
interface Span {
  readonly from: number;
  readonly until: number;
  readonly prefix: string;
}

/** Route::prefix('sms')->group(function () { ... }), and Route::group(['prefix' => 'sms'], function () { ... }). */
const GROUP =
  /\bRoute::((?:\w+\([^()]*\)->)*)group\(\s*(?:(\[[^;{]*?\])\s*,\s*)?(?:static\s+)?function\s*\([^)]*\)[^{;]*\{/g;

/** Route::prefix('sms')->post(...). */
const CHAIN = /\bRoute::((?:\w+\([^()]*\)->)+)(?:get|post|put|any)\(/gi;

/** Returns a function that gives the prefix of a route declared at an index of the text: '', or a path without a last slash. */
export function groupPrefixes(text: string): (index: number) => string {
  const spans = [...text.matchAll(GROUP), ...text.matchAll(CHAIN)].flatMap((match): Span[] => {
    const [whole, chain = '', options = ''] = match;
    const named =
      /\bprefix\(\s*['"]([^'"]*)['"]/i.exec(chain)?.[1] ??
      /['"]prefix['"]\s*=>\s*['"]([^'"]*)['"]/.exec(options)?.[1] ??
      '';
    const prefix = named.replaceAll(/^\/|\/$/g, '');
    const end = match.index + whole.length;
    return prefix === '' ? [] : [{ from: match.index, until: whole.endsWith('{') ? closing(text, end) : end, prefix }];
  });
  const outermostFirst = spans.toSorted((left, right) => left.from - right.from);
  return (index) =>
    outermostFirst
      .filter(({ from, until }) => from <= index && index < until)
      .map(({ prefix }) => `/${prefix}`)
      .join('');
}
