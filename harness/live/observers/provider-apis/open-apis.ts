// Opens the provider APIs that a description names: built-in ones, ones described as data, and modules of the user.
import { pathToFileURL } from 'node:url';
import type { ProviderDescription } from '../../../formats/provider.ts';
import { SystemDescriptionError } from '../../../platform/errors.ts';
import { messageOf } from '../../../platform/thrown.ts';
import { describedApi } from './described.ts';
import type { ProviderApi } from './provider-api.ts';
import { TWILIO } from './twilio.ts';
import { VONAGE } from './vonage.ts';

const KNOWN = { twilio: TWILIO, vonage: VONAGE } as const;

/** Opens the APIs. Throws a SystemDescriptionError for a module that cannot be loaded or does not export an API. */
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
      hint: 'the file must be a JavaScript module that Node can import',
      cause,
    });
  }
}
