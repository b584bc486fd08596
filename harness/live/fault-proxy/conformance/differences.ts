// Where the two servers differ, and why that stays. The suite holds each of these against both servers: a difference that is gone must go
// from here, and one that is not listed fails.

/** The cases in which the servers do not do the same, by title, with the reason. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'an update of a toxic that is half right':
    'the real server keeps what it could read of an update that it refuses; here a refused request changes nothing',
  'raw bytes: HTTP/1.0': 'Node answers in its own version of HTTP, 1.1, even to a request of another version',
  'raw bytes: no host in HTTP/1.0': 'as above',
  'raw bytes: a body that is waited for':
    'the real server asks for a body only when the route reads one; Node asks for it before the route is known',
  'a removal does not wait for a reader that has stalled':
    'the real server answers only when the link has passed on what it holds, or with 503 after 25 s; a user who clears up must not hang',
};
