// The test or script that runs each documented command, and its words there if they differ from those of the pages.

/** The place that runs a command. */
export interface Trial {
  /** The file of a test, or a script of CI. */
  readonly file: string;
  /** The title of the test or its beginning; missing for a script. */
  readonly test?: string;
  /** The words of the command there, if they differ from those of the pages. */
  readonly as?: string;
}

/** A command that a test or script runs: in the words of the pages, or with the words of the test beside them. */
type Tried = string | readonly [command: string, as: string];

const CLI = 'harness/cli';
const SESSION = `${CLI}/documented/documented-commands.io.test.ts`;
const REPLAY = `${CLI}/commands/replay.io.test.ts`;
const LARAVEL = `${CLI}/examples/laravel-go.examples.test.ts`;

const TRIALS: readonly (readonly [file: string, test: string | undefined, tried: readonly Tried[]])[] = [
  [
    SESSION,
    'what a word of the output means is explained',
    [
      'onesend explain S9',
      'onesend explain S1',
      'onesend explain S17',
      'onesend explain database.tables',
      'onesend explain',
    ],
  ],
  [SESSION, 'beforeAll(', ['onesend certify --write-baseline FILE']],
  [SESSION, 'every command says which flags it has', ['onesend COMMAND --help']],
  [
    SESSION,
    'violations are accepted by a baseline until the day that it names',
    [
      [
        "onesend baseline write onesend.baseline.json ID... --reason 'the fallback is switched off' --ticket SMS-12 --until 2027-01-31 --by 'Jane Doe'",
        "--reason 'the fallback is switched off' --ticket SMS-12 --until 2099-01-31 --by 'Jane Doe'",
      ],
      'onesend certify --baseline onesend.baseline.json',
      ['onesend certify --json', 'onesend certify --json'],
    ],
  ],
  [SESSION, 'a run writes a baseline of what it violates, to be filled in', ['onesend gate --write-baseline FILE']],
  [
    SESSION,
    'the world of a simulated run is printed as it is at an instant',
    ['onesend replay ID --until 503ms --dump', ['onesend replay --dump', 'replay --until 503ms --dump']],
  ],
  [SESSION, 'events are followed while they are written', ['tail -f reports/out/events.ndjson']],
  [
    SESSION,
    'a reader of a certification that has gone away costs nothing',
    [['onesend certify | head', 'onesend certify']],
  ],
  [SESSION, 'a mutant is judged by its stored case', ['onesend mutants M01']],
  [SESSION, 'cases of mutants are searched again', ['onesend mutants --search --seed 7']],
  [
    SESSION,
    '%s prints one document',
    ['gate', 'replay', 'mutants', 'replay FOLDER', 'report', 'replay --dump', 'explain']
      .map((command) => `onesend ${command} --json`)
      .concat('onesend corpus --json'),
  ],
  [
    REPLAY,
    'a counterexample of the last run is replayed by its id, and FIXED on the reference',
    ['onesend replay S1-0a1b', 'onesend replay ID', 'onesend replay'],
  ],
  [
    REPLAY,
    'a folder of counterexamples is replayed, a line each, and so is what failed last',
    ['onesend replay --last-failed', 'onesend certify --last-failed'],
  ],
  [
    REPLAY,
    'certify --last-failed leaves out what a baseline accepts',
    [['onesend certify --last-failed --baseline FILE', "'certify', '--last-failed', '--baseline', baseline"]],
  ],
  [
    REPLAY,
    'a failure that is added to the corpus is replayed first by every certification',
    ['onesend corpus add', 'onesend corpus ls'],
  ],
  [
    `${CLI}/commands/gate.io.test.ts`,
    'a failing gate shows its line, the picture and annotations in a job on GitHub',
    [['onesend replay onesend-certify-0-1/.onesend/failures/S1-0a1b2c3d.json', 'onesend replay']],
  ],
  [
    `${CLI}/commands/certify.io.test.ts`,
    'the runbook as written is refused, with one counterexample for each fingerprint',
    [['onesend certify --system as-written --lane sim --seed 1', 'certify --system as-written']],
  ],
  [
    `${CLI}/commands/certify.io.test.ts`,
    'the page is written beside the result, and report makes the same one from the files',
    ['onesend report FOLDER'],
  ],
  [
    `${CLI}/commands/bisect.io.test.ts`,
    'finds the first bad commit of an assembly, and names those that could not be tested',
    [
      'onesend bisect',
      ['onesend bisect --json', 'bisect --json'],
      ['onesend bisect --good v1.2 --bad HEAD ID', '--good --bad'],
    ],
  ],
  [`${CLI}/commands/bisect.io.test.ts`, 'leads `git bisect run` to the first bad commit', ['onesend replay --bisect']],
  [
    `${CLI}/commands/init.io.test.ts`,
    'a configuration that init writes from the folders that its flags name can be loaded',
    ['onesend init --legacy backoffice --service sms', 'onesend init'],
  ],
  [
    `${CLI}/commands/init.io.test.ts`,
    'a configuration that init writes in a package of type module can be loaded, and ends in .js',
    [['onesend init --json', 'init --json']],
  ],
  [
    `${CLI}/commands/init.io.test.ts`,
    'writes the workflow once, and never over one that is there',
    ['onesend init --github'],
  ],
  [`${CLI}/main.io.test.ts`, 'onesend doctor --json prints one document', ['onesend doctor --json']],
  [
    `${CLI}/commands/proxy.io.test.ts`,
    'onesend proxy serves the API on the loopback until %s',
    ['onesend proxy', ['onesend proxy --port 8474', '--port']],
  ],
  [
    `${CLI}/commands/proxy.io.test.ts`,
    'onesend proxy --json prints its address as one document',
    [['onesend proxy --json', '--json']],
  ],
  [`${CLI}/main.smoke.test.ts`, 'demo shows that the runbook as written sends twice', ['onesend demo']],
  [
    `${CLI}/environments/callers.environments.test.ts`,
    'for PostgreSQL clients and HTTP proxies have no influence on servers of the rig',
    ['onesend demo --json'],
  ],
  [
    `${CLI}/main.alone.test.ts`,
    'certify refuses the system as written, and the line that it prints replays the counterexample',
    ['onesend certify --system as-written'],
  ],
  [
    `${CLI}/commands/mutants.alone.test.ts`,
    'mutants are killed on real processes',
    ['onesend mutants', 'onesend mutants --lane live'],
  ],
  [
    `${CLI}/commands/sabotage.alone.test.ts`,
    'every wire mutant is seen on the smallest pair',
    [
      'onesend sabotage',
      'onesend sabotage --system FILE',
      ['onesend sabotage --system onesend.config.js', 'sabotage --system'],
    ],
  ],
  [
    `${CLI}/commands/sabotage.alone.test.ts`,
    'the wire mutants that are named are run, and printed as a document',
    ['onesend sabotage --json'],
  ],
  [LARAVEL, 'the descriptions of the three stages have no errors', ['onesend check --json']],
  [LARAVEL, 'fails gate 1', ['onesend gate 1 --system stock-timeout.config.js --slots 6']],
  [
    LARAVEL,
    'is refused with a message that is sent twice under one fault',
    ['onesend certify --system runbook.config.js --slots 6 --runs 12 --stop-at-first'],
  ],
  [LARAVEL, 'passes every gate', ['onesend gate', 'onesend gate --system repaired.config.js --slots 6']],
  [
    LARAVEL,
    'is certified, and the headline names what was not judged',
    ['onesend certify --system repaired.config.js --slots 6 --runs 120 --sabotage never'],
  ],
  [
    '.ci/try-package',
    undefined,
    [
      'npm install --save-dev onesend',
      'onesend doctor',
      'onesend init --example pair',
      'onesend certify',
      'onesend check',
      'onesend check --system mistaken.config.js',
      'onesend certify --stop-at-first',
    ],
  ],
  [
    '.ci/run',
    undefined,
    [
      'npm ci',
      'npm run certify',
      ['npm test', 'tests test'],
      ['./build', 'examples/laravel-go/build'],
      'npm run docs',
      '.ci/same-on-each-node',
      '.ci/images/build',
      '.ci/images/start-engine',
      ['eval "$(.ci/images/build)"', '.ci/images/build'],
      [
        'apt-get install php-laravel-framework php-guzzlehttp-guzzle php-fpm php-pgsql php-curl nginx-light gettext-base',
        'install-debian php-laravel-framework php-guzzlehttp-guzzle php-fpm php-pgsql php-curl nginx-light gettext-base',
      ],
    ],
  ],
  [
    `${CLI}/documented/documented-commands.containers.test.ts`,
    'the demo on containers prints what the demo prints',
    ['onesend demo --infra containers'],
  ],
];

/** The trial of each command. */
export const TRIAL_OF: ReadonlyMap<string, Trial> = new Map(
  TRIALS.flatMap(([file, test, tried]) =>
    tried.map((each): [string, Trial] => {
      const [command, as] = typeof each === 'string' ? [each] : each;
      return [command, { file, ...(test !== undefined && { test }), ...(as !== undefined && { as }) }];
    }),
  ),
);
