// Request targets: which path a target means, and whether the server would rather have it asked for otherwise.

/** A target is either not decodable, to be asked for under a cleaner path, or a path in segments. */
export type RequestPath =
  | { readonly kind: 'bad' }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'path'; readonly segments: readonly string[] };

/** Reads a request target. Percent-encoding is undone before the path is split: an encoded slash is a slash. */
export function readRequestPath(target: string): RequestPath {
  const [, rawPath = '', query = ''] = /^(?:https?:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?/i.exec(target) ?? [];
  if (/%(?![0-9a-fA-F]{2})/.test(rawPath)) return { kind: 'bad' };
  const decoded = decodePercent(rawPath);
  const clean = cleanPath(decoded);
  if (clean !== decoded) return { kind: 'redirect', location: encodeURI(clean) + query };
  return { kind: 'path', segments: clean.slice(1).split('/') };
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8; no name can hold such bytes, so any stand-in will be unknown.
    return text.replace(/%[0-9a-fA-F]{2}/g, '\ufffd');
  }
}

/** Drops empty and single-dot segments and applies double dots; a trailing slash stays. */
function cleanPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const clean = `/${kept.join('/')}`;
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
}
