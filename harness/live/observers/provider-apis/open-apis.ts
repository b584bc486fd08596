// The APIs that a description names, ready to read requests.
import { pathToFileURL } from 'node:url';
import type { ProviderDescription } from '../../../formats/provider.ts';
import { SystemDescriptionError } from '../../../platform/errors.ts';
import { messageOf } from '../../../platform/thrown.ts';
import { describedApi } from './described.ts';
import type { ProviderApi } from './provider-api.ts';
import { TWILIO } from './twilio.ts';
import { VONAGE } from './vonage.ts';

const KNOWN = { twilio: TWILIO, vonage: VONAGE } as const;

/** Opens the APIs. A module that cannot be loaded, or is none, is an error of the description. */
export async function openApis(described: readonly ProviderDescription[]): Promise<ProviderApi[]> {
  return Promise.all(
    described.map(async (each) => {
      if (typeof each === 'string') return KNOWN[each];
      return 'module' in each ? moduleApi(each) : describedApi(each);
    }),
  );
}

async function moduleApi({
  name,
  hosts,
  module,
}: Extract<ProviderDescription, { module: string }>): Promise<ProviderApi> {
  const api = await load(module);
  const { read, answer } = api ?? {};
  if (typeof read !== 'function' || typeof answer !== 'function') {
    throw new SystemDescriptionError(
      `providers: ${module}: expected a default export with the functions read and answer`,
      {
        hint: 'see docs/systems.md',
      },
    );
  }
  return { name, hosts, read, answer };
}

async function load(module: string): Promise<Partial<ProviderApi> | undefined> {
  try {
    const loaded = (await import(pathToFileURL(module).href)) as {
      default?: Partial<ProviderApi>;
    };
    return loaded.default;
  } catch (cause) {
    throw new SystemDescriptionError(`providers: ${module}: ${messageOf(cause)}`, {
      hint: 'it is loaded as a module of Node',
      cause,
    });
  }
}
