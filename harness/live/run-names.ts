// What a run calls the things it makes on servers that others may use too: databases, roles and proxies.
import type { SystemDescription } from '../formats/system-description.ts';

/** PostgreSQL cuts longer names off, silently. */
const NAME_BYTES_MAX = 63;

/** The names of one run. */
export interface RunNames {
  /** The template database all slots are cloned from. */
  readonly template: string;
  /** The database of a slot. */
  slot(number: number): string;
  /** The login role that stands for a role of the description. */
  role(described: string): string;
  /** The proxy of a slot. */
  proxy(slot: number): string;
}

/** Names that begin with `prefix`; with none, roles keep the names of the description, as befits servers of the run's own. */
export function runNames(prefix = ''): RunNames {
  const own = prefix === '' ? 'onesend_' : prefix;
  return {
    template: `${own}template`,
    slot: (number) => `${own}slot_${number}`,
    role: (described) => `${prefix}${described}`.slice(0, NAME_BYTES_MAX),
    proxy: (slot) => `${own}slot_${slot}`,
  };
}

/** The description with the roles of the run, also where its set-up names them as `${legacyRole}` and `${serviceRole}`. */
export function nameRoles(description: SystemDescription, names: RunNames): SystemDescription {
  const { legacy, service } = description.database.roles;
  const roles = { legacy: names.role(legacy), service: names.role(service) };
  const setup = description.database.setup.map((statement) =>
    statement.replaceAll('${legacyRole}', roles.legacy).replaceAll('${serviceRole}', roles.service),
  );
  return { ...description, database: { ...description.database, roles, setup } };
}
