// Names for what a run creates on its servers: databases, roles and proxies. Other runs may use the same servers.
import type { SystemDescription } from '../formats/system-description.ts';

/** PostgreSQL silently truncates longer names. */
const NAME_BYTES_MAX = 63;

/** The names of one run. */
export interface RunNames {
  /** The template database from which all slots are cloned. */
  readonly template: string;
  /** The database of a slot. */
  slot(number: number): string;
  /** The login role that the run creates for a role of the description. */
  role(described: string): string;
  /** The proxy of a slot. */
  proxy(slot: number): string;
}

/** Names that begin with `prefix`. Without one the run has its servers alone, and roles keep the names of the description. */
export function runNames(prefix = ''): RunNames {
  const own = prefix === '' ? 'onesend_' : prefix;
  return {
    template: `${own}template`,
    slot: (number) => `${own}slot_${number}`,
    role: (described) => `${prefix}${described}`.slice(0, NAME_BYTES_MAX),
    proxy: (slot) => `${own}slot_${slot}`,
  };
}

/** The description with the roles of the run, also in place of `${legacyRole}` and `${serviceRole}` in its set-up. */
export function nameRoles(description: SystemDescription, names: RunNames): SystemDescription {
  const { legacy, service } = description.database.roles;
  const roles = { legacy: names.role(legacy), service: names.role(service) };
  const setup = description.database.setup.map((statement) =>
    statement.replaceAll('${legacyRole}', roles.legacy).replaceAll('${serviceRole}', roles.service),
  );
  return { ...description, database: { ...description.database, roles, setup } };
}
