// What the thread of the fault proxy and its starter tell each other.

/** From the thread: it listens, or it could not. */
export type ThreadReport =
  | { readonly kind: 'listening'; readonly url: string; readonly port: number }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string | undefined };

/** To the thread: end everything and leave. */
export interface ThreadOrder {
  readonly kind: 'close';
}
