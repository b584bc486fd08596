// Finds the item that a row or a request is about: by its recipient and, where several items share the number, also by its body.

import { bodyDigestOf } from './body-digest.ts';

/** What identifies an item outside the systems. */
interface Addressed {
  readonly recipient: string;
  readonly body: string;
}

/** The items of one scenario by their recipients. */
export class ItemFinder<T extends Addressed> {
  readonly #byRecipient = new Map<string, T | T[]>();

  constructor(items: readonly T[]) {
    for (const item of items) {
      const known = this.#byRecipient.get(item.recipient);
      if (known === undefined) this.#byRecipient.set(item.recipient, item);
      else if (Array.isArray(known)) known.push(item);
      else this.#byRecipient.set(item.recipient, [known, item]);
    }
  }

  /**
   * The item that a message to this recipient with this body belongs to. A number that only one item has identifies it with any body, so
   * that a message with a wrong text is still a message of that item.
   */
  find(recipient: string, body: string): T | undefined {
    const found = this.#byRecipient.get(recipient);
    return Array.isArray(found) ? found.find((item) => item.body === body) : found;
  }

  /** The same for a message whose body is known only by its digest. */
  findByDigest(recipient: string, bodyDigest: string): T | undefined {
    const found = this.#byRecipient.get(recipient);
    return Array.isArray(found) ? found.find((item) => bodyDigestOf(item.body) === bodyDigest) : found;
  }
}
