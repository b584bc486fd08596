// The known differences between the two servers, and why they stay. The suite fails for a difference that is not listed, and for a listed
// one that no longer exists.

/** The reasons of the differences, by the titles of their cases. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'an update of a toxic with one wrong attribute':
    'the real server applies the correct fields of an update that it refuses; here a refused request changes nothing',
  'raw bytes: HTTP/1.0': 'Node always answers with HTTP/1.1',
  'raw bytes: no host in HTTP/1.0': 'Node always answers with HTTP/1.1',
  'raw bytes: a body after 100-continue':
    'the real server sends 100 Continue only if the route reads a body; Node sends it before the route is known',
  'a removal waits for a stalled reader':
    'the real server answers only when the link has passed on its data, or with 503 after 25 s; here clean-up must never hang',
};
