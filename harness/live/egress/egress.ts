// Redirects what SDKs send to fixed hosts to the provider stubs: by the proxy in the environment of processes, and an authority that they
// trust.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SystemDescription } from '../../formats/system-description.ts';
import type { Guard } from '../guard/guard.ts';
import { createRunDirectory } from '../guard/run-directory.ts';
import { openApis } from '../observers/provider-apis/open-apis.ts';
import type { TlsIdentity } from './authority.ts';

/** How the processes of a lane are led. */
export interface Egress {
  /** By what the stubs serve the hosts of their APIs. */
  readonly serving: TlsIdentity;
  /** Variables for a process whose provider stub, which is its proxy too, listens at this port, and which reaches the hosts of these URLs itself. */
  environment(port: number, direct?: readonly string[]): Record<string, string>;
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
  return { serving, environment: (port, direct = []) => variables({ port, direct, file, folder }) };
}

/** What leads a process. */
interface Lead {
  readonly port: number;
  readonly direct: readonly string[];
  /** The authority's certificate. */
  readonly file: string;
  /** Where PHP finds its settings. */
  readonly folder: string;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** What libraries obey; both spellings of a proxy are read. Twilio's SDK for Node looks at HTTP_PROXY only. */
function variables({ port, direct, file, folder }: Lead): Record<string, string> {
  const proxy = `http://127.0.0.1:${port}`;
  const noProxy = [...new Set([...LOOPBACK, ...direct.map((url) => new URL(url).hostname)])].join(',');
  return {
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    HTTP_PROXY: proxy,
    http_proxy: proxy,
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
