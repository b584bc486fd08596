// onesend report [DIR]: makes the page of a certification anew from the files in its folder, and opens it for a person at a terminal.
import { EXIT_CODES } from '../../formats/decision.ts';
import type { ReportDone } from '../../formats/report.ts';
import type { RunCommand } from '../command.ts';
import { failuresFolder } from '../failures.ts';
import type { OutputFlags } from '../flags.ts';
import { withOutputFolder } from '../output-folder.ts';
import { PAGE, pageOf, readParts } from '../report-page.ts';

/** The flags of the command, and the folder. */
export interface ReportFlags extends OutputFlags {
  readonly folder: string;
  readonly open: boolean;
}

/** Writes the page into its folder. A folder without a result is a bad argument. */
export const reportCommand: RunCommand<ReportFlags> = async ({ folder, open }, context) => {
  const { screen, openOnDesktop } = context;
  const { missing, ...parts } = await readParts(folder);
  for (const file of missing) screen.note(`${file} could not be read: the page says so`);
  const html = await pageOf(folder, { ...parts, failures: failuresFolder(context.folder) });
  const page = await withOutputFolder({ path: folder, names: [] }, (output) => output.writeText(PAGE, html));
  const isOpened = open && (await openOnDesktop(page));
  const done: ReportDone = { format: 'onesend.report/1', page, isOpened, missing };
  screen.result(done, () => page);
  return EXIT_CODES.pass;
};
