// The rooms of the project: what is in each, and which others it is allowed to import. A test checks the imports against them.

/** The imports of a room that works on histories. */
const OF_HISTORIES = [
  'src/contract',
  'harness/platform',
  'harness/formats',
  'harness/faults',
  'harness/history',
] as const;

/** All rooms of the harness except the composition root. */
const OF_THE_HARNESS = [
  'harness/platform',
  'harness/formats',
  'harness/faults',
  'harness/history',
  'harness/generators',
  'harness/checkers',
  'harness/evidence',
  'harness/execution',
  'harness/sim',
  'harness/live',
  'harness/adapters',
  'harness/runner',
] as const;

/** `may`: what a room imports besides itself; `tests`: what its tests import besides those; `packages: false`: no npm package either. */
export interface Room {
  /** What is in it, for the table of ARCHITECTURE.md. */
  readonly holds: string;
  readonly may: readonly string[];
  readonly tests?: readonly string[];
  readonly packages?: false;
}

/** The rooms by folder; the longest prefix of a path decides. */
export const ROOMS: Readonly<Record<string, Room>> = {
  'src/contract': {
    holds: 'modes, messages, batch documents, tables, readings, the ports, the parts',
    may: [],
    packages: false,
  },
  'src/authority': { holds: 'the authority: which system is allowed to send a message', may: ['src/contract'] },
  'src/provider': { holds: 'what both systems know about the provider', may: ['src/contract'] },
  'src/process': { holds: 'what both processes have in common', may: ['src/contract'] },
  'src/legacy': { holds: 'the parts of the legacy app', may: ['src/contract', 'src/authority'] },
  'src/service': { holds: 'the parts of the service', may: ['src/contract', 'src/authority'] },
  'src/reconcile': { holds: 'the reconciliation', may: ['src/contract', 'src/authority'] },
  'src/store': { holds: 'PostgreSQL schema, grants, the store over `pg`', may: ['src/contract'] },
  src: {
    holds: 'the parts assembled: the reference',
    may: [
      'src/contract',
      'src/authority',
      'src/provider',
      'src/process',
      'src/legacy',
      'src/service',
      'src/reconcile',
      'src/store',
    ],
  },
  'src/node': { holds: 'the Env of a real process: undici, pg, HTTP server, `main`', may: ['src'] },
  'harness/platform': {
    holds: 'errors of the rig and of the machine, canonical JSON, compiled modules, worker threads',
    may: [],
  },
  'harness/faults': {
    holds: 'one file a fault: schema, label, words, phases, window, samples, simpler forms, what it excuses',
    may: ['src/contract'],
  },
  'harness/formats': {
    holds: 'every document the rig reads or writes, and nothing else',
    may: ['src/contract', 'harness/platform', 'harness/faults'],
  },
  'harness/history': {
    holds: 'building, ordering and reading histories; one receipt a fault; the story',
    may: ['src/contract', 'harness/platform', 'harness/formats', 'harness/faults'],
  },
  'harness/guide': {
    holds: 'what every id, word and symbol of the output means',
    may: ['src/contract', 'harness/platform', 'harness/formats', 'harness/faults'],
  },
  'harness/generators': { holds: 'scenarios from seeds', may: OF_HISTORIES },
  'harness/checkers': { holds: 'the properties, one family a file', may: OF_HISTORIES },
  'harness/evidence': {
    holds: 'judge, fold, merge, decide',
    may: [...OF_HISTORIES, 'harness/checkers'],
    tests: ['harness/runner'],
  },
  'harness/execution': {
    holds: 'what a run is on either lane: executor, search space, script, identities, schedule',
    may: OF_HISTORIES,
  },
  'harness/sim': {
    holds: 'the simulated lane: engine, decisions, network, processes, store, one realiser a fault',
    may: [...OF_HISTORIES, 'harness/execution'],
  },
  'harness/sim/explore': {
    holds: 'bounded search and swarm as tasks, and the worker threads that run them',
    may: [...OF_HISTORIES, 'harness/execution', 'harness/generators', 'harness/evidence', 'harness/sim'],
    tests: ['harness/runner'],
  },
  'harness/live': {
    holds:
      'the live lane: PostgreSQL, fault proxy, observers, audit, processes, slots, wire mutants, one realiser a fault',
    may: [...OF_HISTORIES, 'harness/execution'],
  },
  'harness/adapters': {
    holds: 'systems as descriptions',
    may: ['src/contract', 'harness/platform', 'harness/formats', 'harness/live'],
  },
  'harness/runner': {
    holds: 'search, shrink, replay, certify, gates: knows no lane and no system by name',
    may: [
      ...OF_HISTORIES,
      'harness/guide',
      'harness/generators',
      'harness/checkers',
      'harness/evidence',
      'harness/execution',
    ],
  },
  reports: {
    holds: 'pure renderers',
    may: ['harness/guide', 'src/contract', 'harness/formats', 'harness/history', 'harness/faults'],
  },
  scenarios: {
    holds: 'gates, properties, mutants, the runbook as written, pairs unlike the reference, conformance',
    may: ['src', ...OF_THE_HARNESS],
  },
  'harness/cli': { holds: 'the only composition root', may: ['src', 'harness', 'reports', 'scenarios'] },
  'harness/bench': {
    holds: 'benchmarks that compare two things in one run',
    may: ['src', 'harness', 'reports', 'scenarios'],
  },
  harness: { holds: 'what a user imports', may: ['src/contract', 'harness'] },
};
