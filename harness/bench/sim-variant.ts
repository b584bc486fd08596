// The program of a variant's process, which the benchmark starts: `node sim-variant.js VARIANT`.
import { VARIANTS } from './sim-variants.ts';

const name = process.argv[2] ?? '';
if (!(name in VARIANTS)) throw new Error(`expected a variant of ${Object.keys(VARIANTS).join(', ')}`);
await VARIANTS[name as keyof typeof VARIANTS]();
