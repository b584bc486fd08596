// Leads what SDKs send to fixed hosts to the provider stubs: by the proxy that processes are told, and an authority that they are told to trust.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SystemDescription } from '../../formats/system-description.ts';
import type { Guard } from '../guard/guard.ts';
import { createRunDirectory } from '../guard/run-directory.ts';
import { openApis } from '../observers/provider-apis/open-apis.ts';
import type { Serving } from './authority.ts';

/** How the processes of a lane are led. */
export interface Egress {
  /** By what the stubs serve the hosts of their APIs. */
  readonly serving: Serving;
  /** Variables for a process whose provider stub, which is its proxy too, listens at this port. */
  environment(port: number): Record<string, string>;
}

/** Makes an authority for the hosts that the description maps to stubs; undefined for a system that is not to be led. */
export async function openEgress(
  { isProxied, providers }: Pick<SystemDescription, 'isProxied' | 'providers'>,
  guard: Guard,
): Promise<Egress | undefined> {
  if (!isProxied) return undefined;
  const hosts = (await openApis(providers)).flatMap((api) => api.hosts);
  const { makeAuthority } = await import('./authority.ts');
  const { certificate, serving } = await makeAuthority(hosts);
  const folder = await createRunDirectory(guard);
  const file = join(folder, 'authority.pem');
  await writeFile(file, certificate);
  await writeFile(join(folder, 'onesend.ini'), `openssl.cafile=${file}\ncurl.cainfo=${file}\n`);
  return { serving, environment: (port) => variables({ port, file, folder }) };
}

/** What libraries obey; both spellings of the proxy are read. */
function variables({ port, file, folder }: { port: number; file: string; folder: string }): Record<string, string> {
  const proxy = `http://127.0.0.1:${port}`;
  const noProxy = '127.0.0.1,localhost,::1';
  return {
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: file,
    SSL_CERT_FILE: file,
    CURL_CA_BUNDLE: file,
    REQUESTS_CA_BUNDLE: file,
    // The empty part before the colon is PHP's own folder.
    PHP_INI_SCAN_DIR: `:${folder}`,
  };
}
