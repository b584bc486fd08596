// onesend doctor: reports what this machine can run. It tries that, and removes everything that it started or wrote.
import { palette } from '../../../reports/colors.ts';
import { renderTable } from '../../../reports/table.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { RunCommand } from '../command.ts';
import type { DoctorCheck, DoctorReport } from '../../formats/doctor.ts';
import { ignoreCallerVariables } from '../../live/caller-variables.ts';
import type { OutputFlags } from '../flags.ts';
import type { Screen } from '../screen.ts';

/** Examines the machine. Exit code 4 if the live lane cannot run on the embedded infrastructure. */
export const doctorCommand: RunCommand<OutputFlags> = async (_flags, { screen }) => {
  ignoreCallerVariables('embedded');
  screen.status('examining this machine');
  // Loaded only now: its libraries read those variables when they are loaded.
  const { examineMachine } = await import('../examine-machine.ts');
  const examinations = await examineMachine();
  const isReady = examinations.every(({ isGood, isNeeded }) => isGood || !isNeeded);
  const report: DoctorReport = { format: 'onesend.doctor/1', isReady, examinations: [...examinations] };
  screen.result(report, () => textOf(examinations, { isReady, screen }));
  return isReady ? EXIT_CODES.pass : EXIT_CODES.infrastructure;
};

function textOf(
  examinations: readonly DoctorCheck[],
  { isReady, screen }: { isReady: boolean; screen: Screen },
): string {
  const paint = palette(screen.render.color);
  const rows = examinations.map(({ subject, isGood, isNeeded, finding }) => [
    subject,
    isGood
      ? { text: 'ok', painter: paint.good }
      : { text: isNeeded ? 'MISSING' : 'absent', painter: isNeeded ? paint.bad : paint.quiet },
    finding,
  ]);
  const verdict = isReady
    ? paint.good('This machine can run the live lane (--infra embedded).')
    : paint.bad('This machine cannot run the live lane: see what is MISSING.');
  const hasContainers = isReady && examinations.some(({ subject, isGood }) => subject === 'Docker engine' && isGood);
  return [
    ...renderTable({ head: ['subject', '', 'found'], rows, alignments: ['left', 'left', 'left'] }, paint),
    '',
    verdict,
    ...(hasContainers ? [paint.good('It can also run it on containers (--infra containers).')] : []),
  ].join('\n');
}
