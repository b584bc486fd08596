// The report of a certification as one HTML page, for people.
import { verdictText } from '../headline.ts';
import { basisSection } from './basis.ts';
import { comparisonSection } from './comparison.ts';
import { counterexamplesSection } from './counterexamples.ts';
import { coverageSection } from './coverage.ts';
import { firstScreen } from './first-screen.ts';
import { renderFrame, type Section } from './frame.ts';
import type { Markup } from './markup.ts';
import type { Report } from './report.ts';
import { sabotageSection } from './sabotage.ts';
import { searchSection } from './search.ts';

/** The HTML of the page. */
export function renderPage(report: Report): string {
  const { result } = report;
  return renderFrame({
    title: `${verdictText(result)}: ${result.system.name}`,
    first: firstScreen(report),
    sections: [
      ...section('counterexamples', 'Counterexamples', counterexamplesSection(report)),
      ...section('coverage', 'Coverage', coverageSection(report)),
      ...section('search', 'Search', searchSection(report)),
      ...section('sabotage', 'Wire sabotage', sabotageSection(report)),
      ...section('comparison', 'The run before', comparisonSection(report)),
      ...section('basis', 'Basis', basisSection(report)),
    ],
    version: result.versions['onesend'] ?? '',
  });
}

/** The section; none if there is no content. */
function section(id: string, title: string, content: Markup | undefined): Section[] {
  return content === undefined ? [] : [{ id, title, content }];
}
