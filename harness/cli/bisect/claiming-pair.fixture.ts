// The smallest pair, repaired: a system claims a message before it sends it, so that the fallback and the service do not send the same one.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mistake, writePair } from '../../../scenarios/conformance/check/mistaken-pair.fixture.ts';
import type { CommitFiles } from './commits.fixture.ts';

/** The condition of the fallback's send. */
const FENCE = "if (await claim(database, message.uuid, 'legacy')) ";

const CLAIM = `// Who sends a message: the first to claim it.
export async function claim(database, uuid, sender) {
  const { rowCount } = await database.query(
    'INSERT INTO senders (message_uuid, sender) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [uuid, sender],
  );
  return rowCount === 1;
}
`;

/** If the service has claimed the message, the fallback waits for the service's log row and settles by it. */
const FALL_BACK = `async function fallBack(message) {
  ${FENCE}return sendBySelf(message, { charged: true });
  for (;;) {
    const { rows } = await database.query(
      "SELECT status, provider_message_id AS id FROM go_sms_logs WHERE message_uuid = $1 AND NOT dry_run AND status <> 'pending'",
      [message.uuid],
    );
    if (rows.length > 0) return settle(message, { source: 'go', ...rows[0], charged: true });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

`;

const IMPORT = "import { sendSms } from './provider.js';";

const REPAIR: Mistake = {
  described: ({ code = [], ...config }) => ({ ...config, code: [...code, 'claim.js'] }),
  files: {
    'claim.js': CLAIM,
    'schema.sql': [
      [
        'GRANT SELECT, INSERT ON sms_logs TO ${legacyRole};',
        `GRANT SELECT, INSERT ON sms_logs TO \${legacyRole};
CREATE TABLE senders (message_uuid text PRIMARY KEY, sender text NOT NULL);
GRANT SELECT, INSERT ON senders TO \${legacyRole}, \${serviceRole};
GRANT SELECT ON go_sms_logs TO \${legacyRole};`,
      ],
    ],
    'service.js': [
      [IMPORT, `${IMPORT}\nimport { claim } from './claim.js';`],
      [
        '  const { status, id } = dryRun\n',
        `  if (!dryRun && !(await claim(database, uuid, 'service')))
    return { message_uuid: uuid, status: 'in_progress', provider_message_id: null };
  const { status, id } = dryRun\n`,
      ],
    ],
    'legacy.js': [
      [IMPORT, `${IMPORT}\nimport { claim } from './claim.js';`],
      [
        'for (const message of messages) await sendBySelf(message, { charged: true });\n    return;',
        'for (const message of messages) await fallBack(message);\n    return;',
      ],
      ['async function callService(', `${FALL_BACK}async function callService(`],
    ],
  },
};

/** The repaired pair as the files of a commit, and the changed files of two other commits. */
export interface ClaimingPair {
  readonly fenced: CommitFiles;
  /** The fallback sends without a claim. */
  readonly unfenced: CommitFiles;
  /** The service does not start. */
  readonly unstartable: CommitFiles;
}

/** Makes the files of the repaired pair. It writes them into `folder` first. */
export async function claimingPair(folder: string): Promise<ClaimingPair> {
  await writePair(folder, REPAIR);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
  const fenced: CommitFiles = Object.fromEntries(await Promise.all(texts));
  const { 'legacy.js': legacy = '', 'service.js': service = '' } = fenced;
  return {
    fenced,
    unfenced: { 'legacy.js': legacy.replace(FENCE, '') },
    unstartable: { 'service.js': `${service}\nthis is no JavaScript\n` },
  };
}
