// Reads the target of a request as a path, or as a redirect to the clean form of the path.

/** The meaning of a target: not decodable, a redirect to a cleaner path, or the segments of a path. */
export type RequestPath =
  | { readonly kind: 'bad' }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'path'; readonly segments: readonly string[] };

/** Reads a request target. It is decoded before it is split into segments, so an encoded slash separates segments too. */
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
    // Not UTF-8. No name can contain such bytes, so the replacement matches none.
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
