// Defines the command line for commander: names, arguments, flags and help texts. The code of a command is loaded when it is chosen.
import { Command } from 'commander';
import type { CommandContext } from './command.ts';
import type { BaselineFlags } from './commands/baseline.ts';
import type { BisectFlags } from './commands/bisect.ts';
import type { CheckFlags } from './commands/check.ts';
import type { CorpusFlags, CorpusPruneFlags } from './commands/corpus.ts';
import type { ExplainFlags } from './commands/explain.ts';
import type { InitFlags } from './commands/init.ts';
import type { MutantsFlags } from './commands/mutants.ts';
import type { ProxyFlags } from './commands/proxy.ts';
import type { ReplayFlags } from './commands/replay.ts';
import type { ReportFlags } from './commands/report.ts';
import type { SabotageFlags } from './commands/sabotage.ts';
import { type CommonFlags, type OutputFlags, type PlaceFlags, addFlags, applyEnvironment } from './flags.ts';
import type { OutputStream } from './screen.ts';
import { onesendVersion } from './versions.ts';

/** Runs the chosen command in a context that its flags configure; `whenInterrupted` is printed at the first Ctrl-C. */
export type RunChosen = (
  flags: OutputFlags & PlaceFlags,
  run: (context: CommandContext) => Promise<number>,
  whenInterrupted?: string,
) => Promise<void>;

/** The streams and variables of the program, and how it runs a command. */
export interface ProgramOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly runChosen: RunChosen;
}

const LANE_FLAGS = ['infra', 'isolate', 'lane', 'slots'] as const;

/** Builds the program. It throws CommanderError instead of exiting, and prints no errors. */
export function buildProgram({ stdout, stderr, environment, runChosen }: ProgramOptions): Command {
  const program = new Command('onesend')
    .description('Certifies the migration of a message-sending path: every message sent by exactly one system.')
    .version(onesendVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: () => undefined,
    })
    .hook('preAction', (_program, chosen) => applyEnvironment(chosen, environment))
    .addHelpText(
      'after',
      '\nExit codes: 0 pass, 1 violation, 2 usage, 3 inconclusive, 4 infrastructure, 5 self-check, 130 interrupted.',
    );

  addDemo(program, runChosen);
  addDoctor(program, runChosen);
  addCheck(program, runChosen);
  addInit(program, runChosen);
  addGate(program, runChosen);
  addCertify(program, runChosen);
  addReplay(program, runChosen);
  addBisect(program, runChosen);
  addReport(program, runChosen);
  addBaseline(program, runChosen);
  addCorpus(program, runChosen);
  addMutants(program, runChosen);
  addSabotage(program, runChosen);
  addExplain(program, runChosen);
  addProxy(program, runChosen);
  return program;
}

/** Printed at the first Ctrl-C by a command that then still writes its results. */
function writingInto(folder: string): string {
  return `stopping: what was found until now is written to ${folder}; a second Ctrl-C ends at once`;
}

function addDemo(program: Command, runChosen: RunChosen): void {
  addFlags(program.command('demo'), [...LANE_FLAGS, 'out'])
    .description('shows one slow answer: the runbook as written sends twice, the repaired protocol once')
    .action((_options, command: Command) => {
      const flags = command.opts<CommonFlags>();
      return runChosen(flags, async (context) => (await import('./commands/demo.ts')).demoCommand(flags, context));
    });
}

function addDoctor(program: Command, runChosen: RunChosen): void {
  addFlags(program.command('doctor'), [])
    .description('says what this machine can run')
    .action((_options, command: Command) => {
      const flags = command.opts<OutputFlags>();
      return runChosen(flags, async (context) => (await import('./commands/doctor.ts')).doctorCommand(flags, context));
    });
}

function addCheck(program: Command, runChosen: RunChosen): void {
  addFlags(program.command('check'), ['system', 'infra', 'isolate'])
    .description('tries the description of a pair step by step: which step fails, why, and what to change')
    .action((_options, command: Command) => {
      const flags = command.opts<CheckFlags>();
      return runChosen(flags, async (context) => (await import('./commands/check.ts')).checkCommand(flags, context));
    });
}

function addInit(program: Command, runChosen: RunChosen): void {
  const names = ['legacy', 'service', 'name', 'legacyCommand', 'serviceCommand', 'setup', 'mode', 'trigger'] as const;
  addFlags(program.command('init'), [...names, 'format', 'example', 'github'])
    .description('writes a configuration for a pair of systems; in a terminal it asks for what the flags do not give')
    .action((_options, command: Command) => {
      const flags = command.opts<InitFlags>();
      return runChosen(
        flags,
        async (context) => (await import('./commands/init.ts')).initCommand(flags, context),
        'stopping: nothing was written',
      );
    });
}

function addGate(program: Command, runChosen: RunChosen): void {
  addFlags(program.command('gate'), ['system', ...LANE_FLAGS, 'baseline', 'writeBaseline', 'out'])
    .description("judges the runbook's gates: PASS and FAIL as the runbook words them")
    .argument('[id...]', 'gates to run; all when none is named')
    .action((ids: string[], _options, command: Command) => {
      const flags = { ...command.opts<CommonFlags>(), ids };
      return runChosen(
        flags,
        async (context) => (await import('./commands/gate.ts')).gateCommand(flags, context),
        writingInto(flags.out),
      );
    });
}

function addCertify(program: Command, runChosen: RunChosen): void {
  const certify = addFlags(program.command('certify'), [
    'system',
    ...LANE_FLAGS,
    'profile',
    'seed',
    'runs',
    'maxTime',
    'shrinkTime',
    'stopAtFirst',
    'lastFailed',
    'require',
    'sabotage',
    'baseline',
    'writeBaseline',
    'out',
  ]);
  certify.options.find(({ long }) => long === '--lane')?.default('both');
  certify.setOptionValueWithSource('lane', 'both', 'default');
  certify
    .description('searches for violations, and writes results and a certificate: the main job')
    .action((_options, command: Command) => {
      const flags = command.opts<CommonFlags>();
      return runChosen(
        flags,
        async (context) => (await import('./commands/certify.ts')).certifyCommand(flags, context),
        // A replay of the last failures writes no results.
        flags.lastFailed === true ? undefined : writingInto(flags.out),
      );
    });
}

function addReplay(program: Command, runChosen: RunChosen): void {
  const replay = addFlags(program.command('replay'), [
    'system',
    ...LANE_FLAGS,
    'lastFailed',
    'untilInstant',
    'dump',
    'bisect',
    'replayFormat',
  ]);
  const lane = replay.options.find(({ long }) => long === '--lane')?.default(undefined);
  if (lane !== undefined) lane.description += '; by default the one on which the case was found';
  replay.setOptionValueWithSource('lane', undefined, 'default');
  replay
    .description('runs stored counterexamples or scenarios again: FAILED, FIXED, CHANGED, STALE or ERROR')
    .argument('[file]', 'a file, a folder, the beginning of an id, or the token sim:v2:... of a simulated run')
    .action((file: string | undefined, _options, command: Command) => {
      const flags = { ...command.opts<Omit<CommonFlags, 'lane'> & Pick<ReplayFlags, 'lane'>>(), file };
      return runChosen(flags, async (context) => (await import('./commands/replay.ts')).replayCommand(flags, context));
    });
}

function addBisect(program: Command, runChosen: RunChosen): void {
  const names = ['good', 'bad', 'system', 'prepare', 'infra', 'lane', 'slots'] as const;
  const bisect = addFlags(program.command('bisect'), names);
  bisect.options.find(({ long }) => long === '--lane')?.default(undefined);
  bisect.setOptionValueWithSource('lane', undefined, 'default');
  bisect
    .description(
      'finds the commit of your repository that introduced a failure, by replaying its counterexample at some commits',
    )
    .argument('<file>', 'the counterexample')
    .action((file: string, _options, command: Command) => {
      const flags = { ...command.opts<Omit<BisectFlags, 'file'>>(), file };
      return runChosen(
        flags,
        async (context) => (await import('./commands/bisect.ts')).bisectCommand(flags, context),
        'stopping: the working tree is removed; a second Ctrl-C ends at once',
      );
    });
}

function addReport(program: Command, runChosen: RunChosen): void {
  addFlags(program.command('report'), ['open'])
    .description('makes the page of a certification again from the files in its folder, and opens it')
    .argument('[folder]', 'the folder that a certification wrote into', 'reports/out')
    .action((folder: string, _options, command: Command) => {
      const flags = { ...command.opts<Omit<ReportFlags, 'folder'>>(), folder };
      return runChosen(flags, async (context) => (await import('./commands/report.ts')).reportCommand(flags, context));
    });
}

function addBaseline(program: Command, runChosen: RunChosen): void {
  const baseline = program.command('baseline').description('accepts violations until a day');
  addFlags(baseline.command('write'), ['reason', 'ticket', 'until', 'by', 'out'])
    .description('accepts the violations of counterexamples, or all violations of the last certification')
    .argument('<file>', 'the baseline to add to; it is created if it does not exist')
    .argument('[found...]', 'counterexamples, by their ids or files')
    .action(function write(this: Command, file: string, found: string[]) {
      const flags = { ...this.opts<Omit<BaselineFlags, 'file' | 'found'>>(), file, found };
      return runChosen(flags, async (context) =>
        (await import('./commands/baseline.ts')).baselineWriteCommand(flags, context),
      );
    });
}

function addCorpus(program: Command, runChosen: RunChosen): void {
  const corpus = program
    .command('corpus')
    .description('keeps the counterexamples that every certification replays first');
  addFlags(corpus.command('ls'), ['system'])
    .description('lists the entries')
    .action((_options, command: Command) => {
      const flags = command.opts<CorpusFlags>();
      return runChosen(flags, async (context) =>
        (await import('./commands/corpus.ts')).corpusListCommand(flags, context),
      );
    });
  addFlags(corpus.command('add'), ['system'])
    .description('copies failures into the corpus')
    .argument('<id...>', 'the beginnings of ids, files or folders')
    .action((names: string[], _options, command: Command) => {
      const flags = { ...command.opts<CorpusFlags>(), names };
      return runChosen(flags, async (context) =>
        (await import('./commands/corpus.ts')).corpusAddCommand(flags, context),
      );
    });
  addFlags(corpus.command('prune'), ['system', 'infra', 'isolate', 'slots'])
    .description('replays the entries of a system, and removes those that are FIXED')
    .action((_options, command: Command) => {
      const flags = command.opts<CorpusPruneFlags>();
      return runChosen(flags, async (context) =>
        (await import('./commands/corpus.ts')).corpusPruneCommand(flags, context),
      );
    });
}

function addMutants(program: Command, runChosen: RunChosen): void {
  const mutants = addFlags(program.command('mutants'), ['lane', 'slots', 'search', 'save', 'seed', 'runs']);
  mutants.options.find(({ long }) => long === '--lane')?.default('sim');
  mutants.setOptionValueWithSource('lane', 'sim', 'default');
  const runs = mutants.options.find(({ long }) => long === '--runs');
  if (runs !== undefined) runs.description = 'number of random runs of --search, 20,000 for each mutant by default';
  mutants
    .description('judges whether the rig kills its own mutants: systems that each break known properties')
    .argument('[id...]', 'mutants to judge, such as M01; all when none is named')
    .action((ids: string[], _options, command: Command) => {
      const flags = { ...command.opts<Omit<MutantsFlags, 'ids'>>(), ids };
      return runChosen(flags, async (context) =>
        (await import('./commands/mutants.ts')).mutantsCommand(flags, context),
      );
    });
}

function addSabotage(program: Command, runChosen: RunChosen): void {
  addFlags(program.command('sabotage'), ['system', 'infra', 'isolate', 'slots'])
    .description('judges whether the rig sees a pair that is made to look broken from outside')
    .argument('[id...]', 'wire mutants to run, such as X01; all when none is named')
    .action((ids: string[], _options, command: Command) => {
      const flags = { ...command.opts<Omit<SabotageFlags, 'ids'>>(), ids };
      return runChosen(flags, async (context) =>
        (await import('./commands/sabotage.ts')).sabotageCommand(flags, context),
      );
    });
}

function addExplain(program: Command, runChosen: RunChosen): void {
  addFlags(program.command('explain'), [])
    .description('says what a property, a fault, a goal, a symbol, an exit code, a word or a field of a file means')
    .argument(
      '[words...]',
      'what to explain, such as S9, crash, NOT OBSERVED or database.tables; without it, all entries are listed',
    )
    .action((words: string[], _options, command: Command) => {
      const flags: ExplainFlags = { ...command.opts<OutputFlags>(), words };
      return runChosen(flags, async (context) =>
        (await import('./commands/explain.ts')).explainCommand(flags, context),
      );
    });
}

function addProxy(program: Command, runChosen: RunChosen): void {
  addFlags(program.command('proxy'), ['host', 'port', 'proxyMetrics', 'proxies'])
    .description("runs the rig's fault proxy alone, with the API of Toxiproxy, until Ctrl-C")
    .action((_options, command: Command) => {
      const flags = command.opts<ProxyFlags>();
      return runChosen(flags, async (context) => (await import('./commands/proxy.ts')).proxyCommand(flags, context));
    });
}
