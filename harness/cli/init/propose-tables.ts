// Proposes which tables of a pair are the canonical ones: by their names or, if no table has the name, by their columns.
import type { Field, FieldList } from './field.ts';
import type { FoundTable } from './find-tables.ts';

/** How a canonical table is recognised. */
interface Shape {
  /** Whether every pair must have it. */
  readonly isRequired?: boolean;
  /** Its columns that the rig reads, each with the names by which a pair can call it. */
  readonly columns: Readonly<Record<string, RegExp>>;
  /** The columns without which no table of another name is proposed. */
  readonly needs: readonly string[];
  /** The columns that every run reads. */
  readonly reads: readonly string[];
  /** Names of columns that only other tables have. */
  readonly lacks?: RegExp;
}

const UUID = /^(?:(?:message|msg|sms)_)?(?:uuid|uid|guid)$/;
const TENANT = /^(?:tenant|owner|account|team|company|customer|client|organi[sz]ation|workspace|user)_id$/;
const PHONE = /^(?:phone|recipient|to|msisdn|mobile)(?:_number)?$/;
const TEXT = /^(?:(?:sms|message)_)?(?:body|text|content|built|message)$/;
const STATUS = /^(?:(?:send|sms|delivery)_)?status$/;
const STATE = /^state$/;
const PROVIDER_ID =
  /^(?:(?:provider|gateway|external|twilio|vonage|nexmo)_(?:message_|msg_|sms_)?(?:id|sid|ref)|(?:message_)?sid)$/;
const DRY_RUN = /^(?:is_)?(?:dry_?run|rehearsal)$/;
const HOLDER = /^holder$/;

const SHAPES: Readonly<Record<string, Shape>> = {
  campaign_sms: {
    isRequired: true,
    columns: { campaign_id: /^(?:campaign|batch|broadcast)_id$/, phone: PHONE, body: TEXT, message_uuid: UUID },
    needs: ['campaign_id', 'body'],
    reads: ['phone', 'message_uuid'],
  },
  sms_logs: {
    isRequired: true,
    columns: { message_uuid: UUID, source: /^(?:source|sent_by)$/, status: STATUS, provider_message_id: PROVIDER_ID },
    needs: ['message_uuid', 'status'],
    reads: ['message_uuid', 'status'],
    lacks: DRY_RUN,
  },
  quota_accounts: {
    isRequired: true,
    columns: {
      tenant_id: TENANT,
      units: /^(?:sms|units|(?:sms_)?(?:balance|credits?|quota|units)(?:_left|_remaining)?|sms_(?:left|remaining))$/,
    },
    needs: ['tenant_id', 'units'],
    reads: ['tenant_id', 'units'],
    lacks: UUID,
  },
  go_sms_logs: {
    columns: {
      message_uuid: UUID,
      dry_run: DRY_RUN,
      recipient: PHONE,
      body: TEXT,
      status: STATUS,
      provider_message_id: PROVIDER_ID,
    },
    needs: ['message_uuid', 'dry_run'],
    reads: ['message_uuid', 'status'],
  },
  quota_ledger: {
    columns: { message_uuid: UUID, tenant_id: TENANT, state: STATE },
    needs: ['message_uuid', 'tenant_id', 'state'],
    reads: [],
    lacks: HOLDER,
  },
  send_authority: {
    columns: { message_uuid: UUID, holder: HOLDER, state: STATE, epoch: /^epoch$/, lease_until: /^lease_until$/ },
    needs: ['message_uuid', 'holder', 'state', 'epoch', 'lease_until'],
    reads: [],
  },
  messaging_breakers: {
    columns: { name: /^name$/, state: STATE, failures: /^failures$/ },
    needs: ['name', 'state', 'failures'],
    reads: [],
  },
};

/** Proposes the fields of `database.tables`: a value for each table that was found, and a note for each required one that was not. */
export function proposeTables(tables: readonly FoundTable[]): Field[] {
  return Object.entries(SHAPES).flatMap(([canonical, shape]): Field[] => {
    const named = tables.find(({ name }) => name === canonical);
    if (named !== undefined) return [fieldOf(canonical, named, shape)];
    const candidates = tables.filter((table) => !(table.name in SHAPES) && hasShape(table, shape));
    const [only, ...others] = candidates;
    if (only === undefined) return shape.isRequired === true ? [{ key: canonical, check: noneFits(tables) }] : [];
    if (others.length > 0) return [{ key: canonical, check: severalFit(candidates, shape) }];
    return [fieldOf(canonical, only, shape)];
  });
}

function noneFits(tables: readonly FoundTable[]): string {
  const names = tables.map(({ name }) => name).join(', ');
  return `no table has this name or such columns; write the names of yours and of its columns (found: ${names})`;
}

/** The field of one table, with its place. What was chosen by the names of columns needs a check. */
function fieldOf(canonical: string, table: FoundTable, shape: Shape): Field {
  const columns = Object.entries(renamed(table, shape)).map(([key, value]) => ({ key, value }));
  const value: FieldList = {
    fields: [
      ...(table.name === canonical ? [] : [{ key: 'name', value: table.name }]),
      ...(columns.length === 0 ? [] : [{ key: 'columns', value: { fields: columns } }]),
    ],
  };
  const absent = shape.reads.filter((column) => columnOf(table, shape, column) === undefined);
  const place = `from ${table.place}`;
  if (absent.length === 0 && value.fields.length === 0) return { key: canonical, value, note: place };
  const chosen = value.fields.length === 0 ? place : `chosen by the names of columns, ${place}`;
  const lack = absent.length === 0 ? '' : `; it has no ${absent.join(' and no ')}: ${HINTS[canonical] ?? HINT}`;
  return { key: canonical, value, check: `${chosen}${lack}` };
}

const HINT = 'name the columns that mean these';
const HINTS: Readonly<Record<string, string>> = { campaign_sms: `${HINT}, or let \`identity\` say where the uuid is` };

function severalFit(candidates: readonly FoundTable[], shape: Shape): string {
  const written = candidates.map((table) => {
    const columns = Object.entries(renamed(table, shape)).map(([canonical, name]) => `${canonical}: '${name}'`);
    const renames = columns.length === 0 ? '' : `, columns: { ${columns.join(', ')} }`;
    return `{ name: '${table.name}'${renames} } from ${table.place}`;
  });
  return `${written.length} tables have such columns; write one: ${written.join(', or ')}`;
}

function hasShape(table: FoundTable, shape: Shape): boolean {
  const { needs, lacks } = shape;
  if (table.columns.some((column) => lacks?.test(column) === true)) return false;
  return needs.every((column) => columnOf(table, shape, column) !== undefined);
}

/** The columns that have other names than the canonical ones. */
function renamed(table: FoundTable, shape: Shape): Record<string, string> {
  const pairs = Object.keys(shape.columns).map((canonical) => [canonical, columnOf(table, shape, canonical)] as const);
  return Object.fromEntries(
    pairs.flatMap(([canonical, name]) => (name === undefined || name === canonical ? [] : [[canonical, name]])),
  );
}

/** The table's name of a canonical column: the same name, else the first that can mean it. */
function columnOf({ columns }: FoundTable, shape: Shape, canonical: string): string | undefined {
  if (columns.includes(canonical)) return canonical;
  return columns.find((column) => shape.columns[canonical]?.test(column) === true);
}
