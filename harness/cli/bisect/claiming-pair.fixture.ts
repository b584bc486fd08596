// The smallest pair, repaired: the sender of a message claims it first, so that the fallback does not send what the service sends.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mistake, writePair } from '../../../scenarios/conformance/check/mistaken-pair.fixture.ts';
import type { CommitFiles } from './commits.fixture.ts';

/** What keeps the fallback from sending what the service sends. */
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

/** What the service has claimed it has sent, or is about to. */
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

/** The repaired pair as the files of a commit, and what another commit changes in them. */
export interface ClaimingPair {
  readonly fenced: CommitFiles;
  /** The fallback sends without a claim. */
  readonly unfenced: CommitFiles;
  /** The service does not start. */
  readonly unstartable: CommitFiles;
}

/** Reads the files of the repaired pair, which it writes into a folder for that. */
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
