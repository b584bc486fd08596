// Redirects requests that SDKs send to fixed hosts to the provider stubs. The environment of the processes names a proxy, and a certificate
// authority to trust.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SystemDescription } from '../../formats/system-description.ts';
import type { Guard } from '../guard/guard.ts';
import { createRunDirectory } from '../guard/run-directory.ts';
import { openApis } from '../observers/provider-apis/open-apis.ts';
import type { TlsIdentity } from './authority.ts';

/** How the requests of a lane's processes are redirected. */
export interface Egress {
  /** The certificate with which the stubs serve the hosts of their APIs. */
  readonly serving: TlsIdentity;
  /** Variables for a process whose provider stub and proxy listen on `port`. The process reaches the hosts of the URLs `direct` itself. */
  environment(port: number, direct?: readonly string[]): Record<string, string>;
}

/** Makes an authority for the hosts that the description maps to stubs; undefined for a system whose requests are not redirected. */
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

/** What the variables of a process contain. */
interface Redirection {
  readonly port: number;
  readonly direct: readonly string[];
  /** The authority's certificate. */
  readonly file: string;
  /** Where PHP finds its settings. */
  readonly folder: string;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** The variables that libraries use. Some read proxies in lower case, some in upper case; Twilio's SDK for Node reads only HTTP_PROXY. */
function variables({ port, direct, file, folder }: Redirection): Record<string, string> {
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
    // The empty part before the colon means PHP's default folder.
    PHP_INI_SCAN_DIR: `:${folder}`,
  };
}
