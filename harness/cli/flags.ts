// The flags that commands share. Each has an environment variable ONESEND_*: the command line wins over it, and it over the default.
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

/** What a command runs in, of those that start systems. */
export interface PlaceFlags {
  readonly infra?: InfrastructureName;
  /** Whether the network is to be cut. */
  readonly isolate?: boolean;
}

/** The lanes that a command line may name. */
const LANES = ['live', 'sim', 'both'] as const;

/** When a certification tries whether the rig sees a pair that is made to look broken. */
const SABOTAGE = ['auto', 'always', 'never'] as const;

/** How a replay shows its run. */
const REPLAY_FORMATS = ['terminal', 'text', 'mermaid'] as const;

/** The form in which a replay shows its run. */
export type ReplayFormat = (typeof REPLAY_FORMATS)[number];

/** Where scenarios run. */
export interface LaneFlags {
  readonly infra: InfrastructureName;
  readonly lane: (typeof LANES)[number];
  readonly slots: number | 'auto';
}

/** All common flags, as far as a command takes them. */
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
  /** What is accepted, and where the acceptances of what is found are to be written. */
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
      `the system: ${Object.keys(SYSTEMS).join(', ')} or a file; without it the configuration that is found, else the reference`,
    ).argParser(nameOrFile(Object.keys(SYSTEMS))),
  infra: () =>
    flag('--infra <name>', `what the live lane runs on: ${INFRASTRUCTURES.join(', ')}`)
      .default('embedded')
      .argParser(nameOf(INFRASTRUCTURES)),
  isolate: () => flag('--isolate', 'cut the network for all that runs; Linux only').default(false),
  lane: () =>
    flag('--lane <name>', `where scenarios run: ${LANES.join(', ')}`)
      .default('live')
      .argParser(nameOf(LANES)),
  seed: () => {
    const parse = wholeNumber({ least: 0, most: 2_147_483_647 });
    return flag('--seed <number>', 'seed of the generated scenarios; random when not given').argParser(parse);
  },
  runs: () =>
    flag(
      '--runs <number>',
      'how many live scenarios to run, 240 when not given; with --lane sim, random ones',
    ).argParser(wholeNumber({ least: 1, most: 100_000_000 })),
  maxTime: () => flag('--max-time <duration>', 'stop after this time, such as 30s or 10m').argParser(parseDuration),
  shrinkTime: () =>
    flag(
      '--shrink-time <duration>',
      'how long findings may be shrunk and explained, together; a quarter is kept for explaining',
    ).argParser(parseDuration),
  slots: () =>
    flag('--slots <number>', 'how many scenarios at once; auto depends on the processors and the memory of the machine')
      .default('auto')
      .argParser((text) => (text === 'auto' ? text : wholeNumber({ least: 1, most: 64 })(text))),
  profile: () =>
    flag('--profile <name>', 'how far the sim lane explores: default, pairs of deviations too, or full')
      .default('default')
      .argParser(nameOf(PROFILE_NAMES)),
  stopAtFirst: () => flag('--stop-at-first', 'end the search at the first finding').default(false),
  lastFailed: () => flag('--last-failed', 'replay only what the last run found, and search nothing').default(false),
  require: () =>
    flag(
      '--require <ids>',
      'properties that must be judged, such as S1,S9, or all: a pass without them is inconclusive',
    ).argParser(allOrSome(PROPERTY_IDS)),
  sabotage: () =>
    flag(
      '--sabotage <when>',
      'make the pair look broken from outside after its scenarios: always, never, or auto for a pair that is described',
    )
      .default('auto')
      .argParser(nameOf(SABOTAGE)),
  baseline: () => flag('--baseline <file>', 'a file of violations that are accepted until a day'),
  writeBaseline: () =>
    flag('--write-baseline <file>', 'add what is violated to this file, for a person to say why it may stay'),
  bisect: () =>
    flag('--bisect', 'end as `git bisect run` expects: 0 fixed, 1 the same failure, 125 anything else').default(false),
  good: () => flag('--good <commit>', 'a commit at which it does not fail'),
  bad: () => flag('--bad <commit>', 'a later commit at which it fails').default('HEAD'),
  prepare: () => flag('--prepare <command>', 'what makes each commit ready to run, such as "npm ci"'),
  reason: () => flag('--reason <words>', 'why it may stay'),
  ticket: () => flag('--ticket <words>', 'where its repair is tracked'),
  until: () => flag('--until <day>', 'the last day on which it is accepted, such as 2027-01-31').argParser(parseDay),
  by: () => flag('--by <name>', 'who accepts it'),
  search: () => flag('--search', 'look for cases anew instead of using the stored ones').default(false),
  save: () => flag('--save <folder>', 'write the cases that --search found into this folder'),
  out: () => flag('--out <folder>', 'where to write').default('reports/out'),
  host: () => flag('--host <host>', 'the address that the API listens on').default('127.0.0.1'),
  port: () =>
    flag('--port <number>', 'the port that the API listens on; 0 takes a free one')
      .default(8474)
      .argParser(wholeNumber({ least: 0, most: 65_535 })),
  proxies: () => flag('--config <file>', 'proxies to begin with, as for POST /populate'),
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

/** Gives a command the flags that every command has, and those it names. */
export function addFlags(command: Command, names: readonly FlagName[]): Command {
  for (const name of names) command.addOption(makers[name]());
  if (!names.includes('proxies'))
    command.addOption(new Option('-c, --config <file>').hideHelp().argParser(rejectConfig));
  return command
    .addOption(flag('--json', 'print one JSON document on stdout and nothing else').default(false))
    .addOption(flag('--quiet', 'no progress on stderr').default(false))
    .addOption(flag('--no-color', 'no colours').default(true));
}

/** Takes from the environment what the command line did not say. An empty variable counts as unset. */
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

/** The variable that stands for a flag: `--max-time` is ONESEND_MAX_TIME. */
export function variableOf({ long }: Option): string {
  return `ONESEND${(long ?? '').slice(1).replaceAll('-', '_').toUpperCase()}`;
}

function rejectConfig(): never {
  throw new InvalidArgumentError('a system is named by --system FILE');
}
