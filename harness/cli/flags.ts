// The flags of all commands. Each has an environment variable ONESEND_*, which overrides the default; the command line overrides both.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { INFRASTRUCTURES, type InfrastructureName } from '../live/infrastructure.ts';
import { PROPERTY_IDS, type PropertyId } from '../formats/finding.ts';
import { UsageError } from '../platform/errors.ts';
import { parseDuration, parseInstant } from './duration.ts';
import { allOrSome, nameOf, nameOrFile, parseDay, parseSwitch, wholeNumber } from './flag-values.ts';
import { CONFIG_FORMATS } from './init/config-name.ts';
import { PROFILE_NAMES, type ProfileName } from './profiles.ts';
import { SYSTEMS } from './systems.ts';

/** How a command reports. */
export interface OutputFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Where a command that starts systems runs them. */
export interface PlaceFlags {
  readonly infra?: InfrastructureName;
  /** Whether to cut the network. */
  readonly isolate?: boolean;
}

/** The values of --lane. */
const LANES = ['live', 'sim', 'both'] as const;

/** When a certification runs the wire mutants. */
const SABOTAGE = ['auto', 'always', 'never'] as const;

/** The values of --format for a replay. */
const REPLAY_FORMATS = ['terminal', 'text', 'mermaid'] as const;

/** The form in which a replay shows its run. */
export type ReplayFormat = (typeof REPLAY_FORMATS)[number];

/** The lane of the scenarios, what the live lane runs on, and how many scenarios run at once. */
export interface LaneFlags {
  readonly infra: InfrastructureName;
  readonly lane: (typeof LANES)[number];
  readonly slots: number | 'auto';
}

/** The flags that several commands share; each command takes some of them. */
export interface CommonFlags extends OutputFlags, LaneFlags {
  readonly system?: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly maxTime?: number;
  readonly shrinkTime?: number;
  readonly profile?: ProfileName;
  readonly stopAtFirst?: boolean;
  readonly lastFailed?: boolean;
  readonly require?: 'all' | readonly PropertyId[];
  readonly sabotage?: (typeof SABOTAGE)[number];
  /** The file of accepted violations, and the file to which new ones are added. */
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly out: string;
}

type FlagName =
  | 'system'
  | 'infra'
  | 'isolate'
  | 'lane'
  | 'seed'
  | 'runs'
  | 'maxTime'
  | 'shrinkTime'
  | 'slots'
  | 'out'
  | 'profile'
  | 'stopAtFirst'
  | 'lastFailed'
  | 'require'
  | 'sabotage'
  | 'baseline'
  | 'writeBaseline'
  | 'bisect'
  | 'good'
  | 'bad'
  | 'prepare'
  | 'reason'
  | 'ticket'
  | 'until'
  | 'by'
  | 'search'
  | 'save'
  | 'host'
  | 'port'
  | 'proxyMetrics'
  | 'proxies'
  | 'legacy'
  | 'service'
  | 'legacyCommand'
  | 'serviceCommand'
  | 'name'
  | 'setup'
  | 'mode'
  | 'trigger'
  | 'format'
  | 'example'
  | 'github'
  | 'replayFormat'
  | 'open'
  | 'untilInstant'
  | 'dump';

const makers: Readonly<Record<FlagName, () => Option>> = {
  system: () =>
    flag(
      '--system <system>',
      `the system: ${Object.keys(SYSTEMS).join(', ')} or a file; by default the nearest configuration, else the reference`,
    ).argParser(nameOrFile(Object.keys(SYSTEMS))),
  infra: () =>
    flag('--infra <name>', `what the live lane runs on: ${INFRASTRUCTURES.join(', ')}`)
      .default('embedded')
      .argParser(nameOf(INFRASTRUCTURES)),
  isolate: () => flag('--isolate', 'cut the network of the whole run; Linux only').default(false),
  lane: () =>
    flag('--lane <name>', `where scenarios run: ${LANES.join(', ')}`)
      .default('live')
      .argParser(nameOf(LANES)),
  seed: () => {
    const parse = wholeNumber({ least: 0, most: 2_147_483_647 });
    return flag('--seed <number>', 'seed of the generated scenarios; random by default').argParser(parse);
  },
  runs: () =>
    flag(
      '--runs <number>',
      'number of live scenarios, 240 by default; with --lane sim, number of random runs',
    ).argParser(wholeNumber({ least: 1, most: 100_000_000 })),
  maxTime: () => flag('--max-time <duration>', 'stop after this time, such as 30s or 10m').argParser(parseDuration),
  shrinkTime: () =>
    flag(
      '--shrink-time <duration>',
      'time limit for shrinking and explaining all findings; a quarter of it is for explaining',
    ).argParser(parseDuration),
  slots: () =>
    flag('--slots <number>', 'how many scenarios run at once, at most; auto depends on the processors and the memory')
      .default('auto')
      .argParser((text) => (text === 'auto' ? text : wholeNumber({ least: 1, most: 64 })(text))),
  profile: () =>
    flag('--profile <name>', 'how far the sim lane explores: default, pairs of deviations too, or full')
      .default('default')
      .argParser(nameOf(PROFILE_NAMES)),
  stopAtFirst: () =>
    flag(
      '--stop-at-first',
      'end the search at the first finding; on the live lane, at the first that a replay shows too',
    ).default(false),
  lastFailed: () =>
    flag('--last-failed', 'replay only the counterexamples of the last run that failed, without a search').default(
      false,
    ),
  require: () =>
    flag(
      '--require <ids>',
      'properties that must be judged, such as S1,S9, or all; if one is not judged, the run cannot pass',
    ).argParser(allOrSome(PROPERTY_IDS)),
  sabotage: () =>
    flag(
      '--sabotage <when>',
      'run the wire mutants, which make the pair look broken, after the scenarios: always, never, or auto (only for a described pair)',
    )
      .default('auto')
      .argParser(nameOf(SABOTAGE)),
  baseline: () => flag('--baseline <file>', 'a file of violations that are accepted until a day'),
  writeBaseline: () =>
    flag('--write-baseline <file>', 'add the violations to this file; a person then writes why each is accepted'),
  bisect: () =>
    flag('--bisect', 'use the exit codes of `git bisect run`: 0 fixed, 1 the same failure, 125 anything else').default(
      false,
    ),
  good: () => flag('--good <commit>', 'a commit at which the case does not fail'),
  bad: () => flag('--bad <commit>', 'a later commit at which the case fails').default('HEAD'),
  prepare: () => flag('--prepare <command>', 'the command that makes each commit ready to run, such as "npm ci"'),
  reason: () => flag('--reason <words>', 'why the violation is accepted'),
  ticket: () => flag('--ticket <words>', 'where its fix is tracked'),
  until: () =>
    flag(
      '--until <day>',
      'the last day on which it is accepted, such as 2027-01-31, or 10d or 2w from today',
    ).argParser((text) => parseDay(text, new Date())),
  by: () => flag('--by <name>', 'who accepts it'),
  search: () => flag('--search', 'search for cases instead of using the stored ones').default(false),
  save: () => flag('--save <folder>', 'write the cases that --search found into this folder'),
  out: () => flag('--out <folder>', 'the folder to write into').default('reports/out'),
  host: () => flag('--host <host>', 'the address that the API listens on').default('127.0.0.1'),
  port: () =>
    flag('--port <number>', 'the port that the API listens on; 0 takes a free one')
      .default(8474)
      .argParser(wholeNumber({ least: 0, most: 65_535 })),
  proxies: () => flag('--config <file>', 'a JSON file with the first proxies, in the form of POST /populate'),
  proxyMetrics: () => flag('--proxy-metrics', 'count bytes per proxy under /metrics').default(false),
  legacy: () => flag('--legacy <folder>', 'the folder of the legacy app'),
  service: () => flag('--service <folder>', 'the folder of the service'),
  legacyCommand: () => flag('--legacy-command <words>', 'the command that starts the legacy app, in its folder'),
  serviceCommand: () => flag('--service-command <words>', 'the command that starts the service, in its folder'),
  name: () => flag('--name <name>', 'the name of the pair in reports'),
  setup: () => flag('--setup <file>', 'a file of SQL that makes the tables and grants'),
  mode: () => flag('--mode <sql>', "SQL that sets a tenant's mode, with :tenantId and :mode"),
  trigger: () => flag('--trigger <path>', 'the path of the legacy app that sends a campaign, with :campaignId'),
  format: () =>
    flag('--format <name>', 'the language of the configuration: ts, js or json').argParser(nameOf(CONFIG_FORMATS)),
  open: () => flag('--no-open', 'do not open the page').default(true),
  untilInstant: () =>
    flag('--until <time>', 'with --dump: how far the run goes, in virtual time, such as 503ms').argParser(parseInstant),
  dump: () =>
    flag('--dump', 'on the sim lane: print every table, process, connection and queue at the time of --until').default(
      false,
    ),
  replayFormat: () =>
    flag(
      '--format <name>',
      'how the run is shown: drawn for a terminal, as text of at most 60 lines to be pasted, or as a Mermaid diagram',
    )
      .default('terminal')
      .argParser(nameOf(REPLAY_FORMATS)),
  github: () => flag('--github', 'write a workflow for GitHub that certifies the pair instead').default(false),
  example: () => flag('--example <folder>', 'write the files of the smallest pair into this folder instead'),
};

/** Adds to a command the flags in `names`, and those that every command has. */
export function addFlags(command: Command, names: readonly FlagName[]): Command {
  for (const name of names) command.addOption(makers[name]());
  if (!names.includes('proxies'))
    command.addOption(new Option('-c, --config <file>').hideHelp().argParser(rejectConfig));
  return command
    .addOption(flag('--json', 'print one JSON document on stdout and nothing else').default(false))
    .addOption(flag('--quiet', 'no progress on stderr').default(false))
    .addOption(flag('--no-color', 'no colours').default(true));
}

/** Sets the flags that the command line does not give from the environment. An empty variable counts as unset. */
export function applyEnvironment(command: Command, environment: NodeJS.ProcessEnv): void {
  for (const option of command.options) {
    const variable = variableOf(option);
    const text = environment[variable];
    const name = option.attributeName();
    if (text === undefined || text === '' || command.getOptionValueSource(name) === 'cli') continue;
    command.setOptionValueWithSource(name, valueFrom(option, { variable, text }), 'env');
  }
}

function valueFrom(option: Option, { variable, text }: { variable: string; text: string }): unknown {
  if (option.isBoolean() || option.negate) {
    const isOn = parseSwitch(text);
    if (isOn === undefined) throw new UsageError(`${variable}='${text}': expected 1 or 0`);
    return option.negate ? !isOn : isOn;
  }
  try {
    return option.parseArg === undefined ? text : option.parseArg(text, undefined);
  } catch (cause) {
    if (cause instanceof InvalidArgumentError)
      throw new UsageError(`${variable}='${text}': ${cause.message}`, { cause });
    throw cause;
  }
}

function flag(flags: string, description: string): Option {
  const option = new Option(flags);
  option.description = `${description} (${variableOf(option)})`;
  return option;
}

/** The environment variable of a flag: that of `--max-time` is ONESEND_MAX_TIME. */
export function variableOf({ long }: Option): string {
  return `ONESEND${(long ?? '').slice(1).replaceAll('-', '_').toUpperCase()}`;
}

function rejectConfig(): never {
  throw new InvalidArgumentError('a system is named by --system FILE');
}
