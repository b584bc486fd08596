// The tables of the pairs of this folder, whose names differ from those of the reference.

/** SQL that runs once per template database. */
export const SETUP: readonly string[] = [
  'CREATE TABLE switches (tenant integer PRIMARY KEY, value text NOT NULL)',
  'CREATE TABLE accounts (tenant integer PRIMARY KEY, sid text NOT NULL, token text NOT NULL)',
  'CREATE TABLE balances (tenant integer PRIMARY KEY, units bigint NOT NULL)',
  `CREATE TABLE outgoing (
    id bigint PRIMARY KEY,
    tenant integer NOT NULL,
    campaign bigint NOT NULL,
    number text NOT NULL,
    words text NOT NULL,
    ref text,
    pinned text,
    done boolean NOT NULL DEFAULT false
  )`,
  'CREATE TABLE refs (item bigint PRIMARY KEY, ref text NOT NULL)',
  `CREATE TABLE history (
    ref text PRIMARY KEY,
    tenant integer NOT NULL,
    via text NOT NULL,
    outcome text NOT NULL,
    sid text,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`,
  `CREATE TABLE claims (
    ref text PRIMARY KEY,
    holder text NOT NULL,
    state text NOT NULL,
    sid text,
    job jsonb,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`,
  'CREATE TABLE jobs (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, campaign bigint NOT NULL)',
  'GRANT SELECT ON switches, accounts TO ${legacyRole}',
  'GRANT SELECT, INSERT, DELETE ON jobs TO ${legacyRole}',
  'GRANT SELECT, UPDATE ON outgoing, balances TO ${legacyRole}',
  'GRANT SELECT, INSERT ON history, refs TO ${legacyRole}',
  'GRANT SELECT, INSERT, UPDATE ON claims TO ${legacyRole}',
  'GRANT SELECT ON accounts TO ${serviceRole}',
  'GRANT SELECT, INSERT, UPDATE ON claims TO ${serviceRole}',
];
