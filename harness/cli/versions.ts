// The versions of the software that makes a result.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../platform/compiled-module.ts';

/** The version of Onesend, from its package.json. */
export function onesendVersion(): string {
  const text = readFileSync(join(packageRoot, 'package.json'), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}

/** The versions of Onesend, Node and platform, for certificates. */
export function versions(): Record<string, string> {
  return { onesend: onesendVersion(), node: process.version, platform: `${process.platform}-${process.arch}` };
}
