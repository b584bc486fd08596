// onesend report [DIR]: makes the page of a certification again from the files in its folder, and opens it if the terminal is interactive.
import { EXIT_CODES } from '../../formats/decision.ts';
import type { ReportDone } from '../../formats/report.ts';
import type { RunCommand } from '../command.ts';
import { failuresFolder } from '../failures.ts';
import type { OutputFlags } from '../flags.ts';
import { withOutputFolder } from '../output-folder.ts';
import { PAGE, pageOf, readParts } from '../report-page.ts';

/** The flags, and the folder of the certification. */
export interface ReportFlags extends OutputFlags {
  readonly folder: string;
  readonly open: boolean;
}

/** Writes the page into the folder. Throws a DocumentError for a folder without a result. */
export const reportCommand: RunCommand<ReportFlags> = async ({ folder, open }, context) => {
  const { screen, openOnDesktop } = context;
  const { missing, ...parts } = await readParts(folder);
  for (const file of missing) screen.note(`${file} could not be read, so the page does not draw it`);
  const html = await pageOf(folder, { ...parts, failures: failuresFolder(context.folder) });
  const page = await withOutputFolder({ path: folder, names: [] }, (output) => output.writeText(PAGE, html));
  const isOpened = open && (await openOnDesktop(page));
  const done: ReportDone = { format: 'onesend.report/1', page, isOpened, missing };
  screen.result(done, () => page);
  return EXIT_CODES.pass;
};
