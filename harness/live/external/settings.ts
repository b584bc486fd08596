// Where the servers of `--infra external` are: read from the environment, because the URL of a database holds a password.
import { z } from 'zod';
import { UsageError } from '../../platform/errors.ts';

/** A range of ports, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** The settings in the environment. Those that are missing are derived from the URLs. */
export interface ExternalSettings {
  /** The URL for a superuser, or for a role that may create databases and roles and connect to the database `postgres`. */
  readonly postgresUrl: string;
  readonly toxiproxyUrl: string;
  /** The host at which the rig reaches proxies; unless given, that of the API. */
  readonly toxiproxyHost?: string | undefined;
  /** The address that proxies listen on. */
  readonly toxiproxyListenHost?: string | undefined;
  /** The ports that proxies may use, if not all ports of the proxy server can be reached; unless given, any free port. */
  readonly toxiproxyPorts?: PortRange | undefined;
  /** The address of this machine on which back taps listen. */
  readonly backTapHost?: string | undefined;
  /** The host at which the proxy server reaches back taps; unless given, `backTapHost`. */
  readonly upstreamHost?: string | undefined;
}

const host = z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'expected a host name or an address');
const schema = z.object({
  ONESEND_POSTGRES_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'expected postgres://role:password@host:port/' }),
  ONESEND_TOXIPROXY_URL: z.url({ protocol: /^https?$/, error: 'expected http://host:8474' }),
  ONESEND_TOXIPROXY_HOST: host.optional(),
  ONESEND_TOXIPROXY_LISTEN_HOST: host.optional(),
  ONESEND_TOXIPROXY_PORTS: z
    .string()
    .regex(/^\d{1,5}-\d{1,5}$/, 'expected FIRST-LAST')
    .transform((text) => text.split('-').map(Number))
    .refine(([first = 0, last = 0]) => 0 < first && first <= last && last < 65_536, 'expected FIRST-LAST')
    .transform(([first = 0, last = 0]): PortRange => ({ first, last }))
    .optional(),
  ONESEND_BACK_TAP_HOST: host.optional(),
  ONESEND_UPSTREAM_HOST: host.optional(),
});

/** Reads the settings. Throws a UsageError that names the first variable that is missing or wrong, and never its value. */
export function readExternalSettings(environment: NodeJS.ProcessEnv): ExternalSettings {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { success, data, error } = schema.safeParse(filled);
  if (!success) {
    const [issue] = error.issues;
    throw new UsageError(`--infra external: ${String(issue?.path[0])}: ${issue?.message ?? 'not usable'}`, {
      hint: 'Set ONESEND_POSTGRES_URL and ONESEND_TOXIPROXY_URL to servers that run, or use --infra embedded.',
    });
  }
  return {
    postgresUrl: data.ONESEND_POSTGRES_URL,
    toxiproxyUrl: data.ONESEND_TOXIPROXY_URL,
    toxiproxyHost: data.ONESEND_TOXIPROXY_HOST,
    toxiproxyListenHost: data.ONESEND_TOXIPROXY_LISTEN_HOST,
    toxiproxyPorts: data.ONESEND_TOXIPROXY_PORTS,
    backTapHost: data.ONESEND_BACK_TAP_HOST,
    upstreamHost: data.ONESEND_UPSTREAM_HOST,
  };
}
