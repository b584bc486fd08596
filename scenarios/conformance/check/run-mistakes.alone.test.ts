// A pair with a mistake that shows only when messages are sent: one line names it and what to do.
import type { Role } from '../../../src/contract/message.ts';
import { expect, test } from 'vitest';
import type { SystemConfig } from '../../../harness/formats/system-config.ts';
import { linesOf, loggingPair, type Mistake, type Replacement } from './mistaken-pair.fixture.ts';

type Protocol = NonNullable<SystemConfig['protocol']>;

const described = (change: (config: SystemConfig) => object): Mistake => ({
  described: (config) => ({ ...config, ...change(config) }),
});
const legacyCode = (...replacements: readonly Replacement[]): Mistake => ({ files: { 'legacy.js': replacements } });
const protocol = (reported: Protocol): Mistake => described(() => ({ protocol: reported }));

/** A process with other values in its environment. */
const variable = (role: Role, values: Readonly<Record<string, string>>): Mistake =>
  described(({ processes }) => {
    const { environment } = processes[role];
    return { processes: { ...processes, [role]: { ...processes[role], environment: { ...environment, ...values } } } };
  });

/** A URL at which nothing listens. */
const NOWHERE = 'http://127.0.0.1:9';

const mistakes: readonly (readonly [what: string, mistake: Mistake, line: RegExp])[] = [
  [
    'a trigger at another path',
    {
      ...described(() => ({ trigger: { path: '/campaigns/:campaignId/sending' } })),
      ...legacyCode([
        "    response.end('ok');",
        "    response.writeHead(campaignId ? 200 : request.url === '/' ? 200 : 404).end();",
      ]),
    },
    /^trigger OFF: status 404, without a body \(see `trigger\.path` and `trigger\.method`\)/,
  ],
  [
    'a trigger at a path that sends nothing',
    described(() => ({ trigger: { path: '/campaigns/:campaignId' } })),
    /^calls: no trigger led to anything.*\(see that `trigger` sends a campaign/,
  ],
  [
    'a trigger that fails',
    legacyCode(['SELECT mode FROM flags', 'SELECT state FROM flags']),
    /^trigger OFF: status 500: "column "state" does not exist" \(see the last lines of its log; .*last lines of the legacy process/,
  ],
  [
    'a trigger behind a login',
    legacyCode([
      '  try {\n',
      "  if (campaignId) return response.writeHead(302, { location: '/login' }).end();\n  try {\n",
    ]),
    /^trigger OFF: status 302, without a body \(redirects are not followed, and nothing was sent: /,
  ],
  [
    'a provider whose URL is not the given one',
    variable('legacy', { PROVIDER_URL: NOWHERE }),
    /^trigger OFF: status 500: .*nothing reached the provider stub: is \$\{providerUrl\} where the app sends/,
  ],
  [
    'a service that sends elsewhere',
    variable('service', { PROVIDER_URL: NOWHERE }),
    /^calls: the service answered status 500 .*\(see its log\).*last lines of the service process:;.*fetch failed/,
  ],
  [
    'a service whose URL is not the given one',
    variable('legacy', { SERVICE_URL: NOWHERE }),
    /^calls: the service was never called \(see that the legacy app calls \$\{serviceUrl\}/,
  ],
  [
    'a mode in another spelling',
    described(({ mode }) => ({ mode: String(mode).replace(':mode', 'lower(:mode)') })),
    /^calls: the service was never called \(.*in the words that it knows/,
  ],
  [
    'a flag in a table that no system reads',
    {
      ...described(({ mode }) => ({ mode: String(mode).replace('INTO flags', 'INTO switches') })),
      files: {
        'schema.sql': [
          [
            'CREATE TABLE flags',
            'CREATE TABLE switches (tenant_id integer PRIMARY KEY, mode text);\nCREATE TABLE flags',
          ],
        ],
      },
    },
    /^calls: the service was never called \(.*that `mode` flags the tenant where it looks/,
  ],
  [
    'a rehearsal flag in another field',
    protocol({ request: { dryRun: 'rehearsal' } }),
    /^calls: no request says whether it is a rehearsal \(set `protocol\.request\.dryRun` to the place/,
  ],
  [
    'a uuid in another field',
    protocol({ request: { uuid: 'uuid' } }),
    /^calls: no request holds a uuid at "uuid" \(set `protocol\.request\.uuid` to the place/,
  ],
  [
    'messages in another field',
    protocol({ request: { messages: 'items' } }),
    /^calls: the service sent a message, but no call to it was recognised .*describe in `protocol` the path, the method and the place of the messages/,
  ],
  [
    'results in another field',
    protocol({ answer: { results: 'outcomes' } }),
    /^calls: the service answered status 200 with 0 results \(.*set `protocol\.answer\.results` to the place/,
  ],
  [
    'an unknown status',
    { files: { 'service.js': [["{ status: 'accepted', id: null }", "{ status: 'would_send', id: null }"]] } },
    /^words: .*the status 'would_send' is unknown \(the words are accepted/,
  ],
  [
    'a query for uuids that names a missing column',
    described(() => ({ identity: { query: 'SELECT uid FROM campaign_sms WHERE id = :itemId' } })),
    /^trigger OFF: .*column "uid" does not exist.*SELECT uid/,
  ],
  [
    'a flush at a path that does not exist',
    {
      ...described(() => ({ flush: { path: '/flush' } })),
      ...legacyCode(["    response.end('ok');", "    response.writeHead(request.url === '/flush' ? 404 : 200).end();"]),
    },
    /^flush: expected POST \/flush of the legacy app to succeed, received status 404/,
  ],
  [
    'a flag in a cache that is not emptied',
    legacyCode(
      ['const database =', 'const modes = {};\nconst database ='],
      ["= rows[0]?.mode ?? 'OFF'", "= (modes[tenantId] ??= rows[0]?.mode ?? 'OFF')"],
    ),
    /^flip: the message followed the mode before the flip \(the flag may be cached: let `flush`/,
  ],
  [
    'an app that serves one request at a time',
    legacyCode([
      'createServer((request, response) => void answer(request, response))',
      'let last;\ncreateServer((request, response) => void (last = Promise.resolve(last).then(() => answer(request, response))))',
    ]),
    /^side by side: no request was answered while .*\(let the legacy app serve several requests at once/,
  ],
  [
    'a recovery that counts nothing',
    described(() => ({ recover: { path: '/recover' } })),
    /^recover: no counts could be read \(let `recover` answer for example .*; it answers: ok/,
  ],
  [
    'a reconciliation at a path that does not exist',
    {
      ...described(() => ({ reconcile: { path: '/reconcile' } })),
      ...legacyCode([
        "    response.end('ok');",
        "    response.writeHead(request.url === '/reconcile' ? 404 : 200).end();",
      ]),
    },
    /^reconcile: no mismatches could be read \(let `reconcile` answer a JSON array .*; .*received status 404/,
  ],
  [
    'a reconciliation that fails with the exit code for mismatches',
    described(() => ({
      reconcile: {
        command: ['node', '-e', 'console.log("Error: no such host"); process.exit(1)'],
        exitCodes: [0, 1],
        mismatches: { lines: '^(?<kind>[a-z_]+) (?<uuid>[0-9a-f-]{36})$' },
      },
    })),
    /^reconcile: no mismatches could be read \(/,
  ],
  [
    'a reconciliation that reports nothing',
    described(() => ({ reconcile: { command: ['node', '-e', 'console.log("[]")'] } })),
    /^reconcile: it did not report missing_in_laravel of [0-9a-f-]{36}, .* it reported no mismatch \(set `reconcile\.mismatches` .*; it answers: \[\]/,
  ],
  [
    'a rehearsal that is logged in other words',
    loggingPair({ rehearsal: 'dry run, no provider call: ${uuid}' }),
    /^log rehearsal: the service process logged no line that contains DRY_RUN_NO_PROVIDER_CALL \(let it log this line to stdout .*; the most similar line, of the service process:; {3}dry run, no provider call: [0-9a-f-]{36}$/,
  ],
  [
    'a rehearsal that is logged without the uuid',
    loggingPair({ rehearsal: 'DRY_RUN_NO_PROVIDER_CALL' }),
    /^log rehearsal: no DRY_RUN_NO_PROVIDER_CALL line of the service process contains the uuid [0-9a-f-]{36} of the message/,
  ],
  [
    'a fallback that is logged in other words',
    loggingPair({ fallback: 'legacy fallback: ${uuid}' }),
    /^log fallback: the legacy process logged no line that contains LEGACY_SEND_FALLBACK_ON_MODE .*; {3}legacy fallback: [0-9a-f-]{36}$/,
  ],
  [
    'a reset that leaves rows',
    described(({ database }) => ({
      database: {
        ...database,
        reset: ['TRUNCATE campaign_sms, flags, provider_credentials, quota_accounts'],
      },
    })),
    /^reset: rows were left after the reset: "sms_logs": \d+, "go_sms_logs": \d+ \(let `database\.reset`/,
  ],
];

test.concurrent.each(mistakes)('one line names %s', async (_, mistake, line) => {
  expect(await linesOf(mistake)).toEqual([expect.stringMatching(line)]);
});
