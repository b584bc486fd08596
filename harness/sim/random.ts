// Random numbers by address instead of by order: each number is a hash of the seed and of the place where it is used. So when a run makes
// one choice more or one less, all its other random numbers stay the same.

/** Where a random number is used: the site in the simulator, the message concerned, and how often that site and message came up before. */
export interface RandomAddress {
  readonly site: string;
  readonly message: string;
  readonly attempt: number;
}

/** The random numbers of one run. Its only state is the seed, so the order of calls makes no difference. */
export class RandomSource {
  readonly #low: number;
  readonly #high: number;

  constructor(seed: number) {
    this.#low = seed | 0;
    this.#high = Math.floor(seed / 4_294_967_296) | 0;
  }

  /** Two unsigned 32-bit numbers for this address. */
  halves(address: RandomAddress): readonly [number, number] {
    let low = this.#low ^ 0x9e37_79b9;
    let high = this.#high ^ 0x85eb_ca6b;
    for (const text of [address.site, address.message]) {
      for (let index = 0; index < text.length; index += 1) {
        const code = text.charCodeAt(index);
        low = Math.imul(low ^ code, 0x9e37_79b1);
        high = Math.imul(high ^ code, 0x5f35_6495);
        low = (low << 13) | (low >>> 19);
      }
      // No character has this code, so 'ab' + 'c' and 'a' + 'bc' differ.
      low = Math.imul(low ^ 0x1_0001, 0x85eb_ca77);
      high = Math.imul(high ^ 0x1_0001, 0xc2b2_ae3d);
    }
    low ^= Math.imul(address.attempt + 1, 0x27d4_eb2f);
    high ^= Math.imul(address.attempt + 1, 0x1656_67b1);
    return [finish(low ^ (high >>> 15)), finish(high ^ Math.imul(low, 0x2c1b_3c6d))];
  }

  /** A number in [0, 1) with 53 random bits. */
  unit(address: RandomAddress): number {
    const [low, high] = this.halves(address);
    return ((high >>> 5) * 67_108_864 + (low >>> 6)) / 9_007_199_254_740_992;
  }

  /** A whole number in [0, bound). */
  below(bound: number, address: RandomAddress): number {
    return Math.floor(this.unit(address) * bound);
  }

  /** 32 hexadecimal digits. */
  hex(address: RandomAddress): string {
    const [a, b, c, d] = this.#words(address);
    return hex8(a) + hex8(b) + hex8(c) + hex8(d);
  }

  /** A random uuid, version 4. */
  uuid(address: RandomAddress): string {
    const [a, b, c, d] = this.#words(address);
    const version = (b & 0x0fff) | 0x4000;
    const variant = ((c >>> 16) & 0x3fff) | 0x8000;
    return `${hex8(a)}-${hex4(b >>> 16)}-${hex4(version)}-${hex4(variant)}-${hex4(c)}${hex8(d)}`;
  }

  #words({ site, message, attempt }: RandomAddress): readonly [number, number, number, number] {
    const [a, b] = this.halves({ site, message, attempt });
    const [c, d] = this.halves({ site: `${site}/more`, message, attempt });
    return [a, b, c, d];
  }
}

/** Spreads every bit of the input over the whole output. */
function finish(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85eb_ca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The two hexadecimal digits of every byte: `toString(16)` on each call takes several times as long as this table. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex8(value: number): string {
  return `${hex4(value >>> 16)}${hex4(value)}`;
}

function hex4(value: number): string {
  return `${hex2(value >>> 8)}${hex2(value)}`;
}

function hex2(value: number): string {
  return BYTES[value & 0xff] ?? '';
}
