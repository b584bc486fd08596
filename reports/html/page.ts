// The report as one self-contained page: everything of a certification that a person reads, in a file that opens from disk. Its policy
// allows its own style and its own script, and nothing from anywhere else.
import { SCRIPT, STYLE } from './assets.ts';
import { counterexamplesSection } from './counterexamples.ts';
import { coverageSection } from './coverage.ts';
import { comparisonSection } from './comparison.ts';
import { basisSection } from './basis.ts';
import { calledOut } from '../headline.ts';
import { firstScreen } from './first-screen.ts';
import { type Markup, markup, trusted } from './markup.ts';
import type { Report } from './report.ts';
import { sabotageSection } from './sabotage.ts';
import { searchSection } from './search.ts';

/** A part of the page that the navigation leads to. */
interface Section {
  readonly id: string;
  readonly title: string;
  /** Undefined where there is nothing to show. */
  readonly content: Markup | undefined;
}

const POLICY = [
  "default-src 'none'",
  `style-src ${STYLE.source}`,
  `script-src ${SCRIPT.source}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The page as HTML. */
export function renderPage(report: Report): string {
  const { result } = report;
  const sections = sectionsOf(report).filter(({ content }) => content !== undefined);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${calledOut(result)}: ${result.system.name} - Onesend</title>
<style>${trusted(STYLE.text)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<a class="brand" href="#main">Onesend</a>
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<button type="button" class="quiet" data-action="theme" aria-pressed="false" title="Light or dark (t)">Dark</button>
</header>
<main id="main" tabindex="-1">
${firstScreen(report)}
${sections.map(sectionMarkup)}
</main>
<footer><p>Written by Onesend ${result.versions['onesend'] ?? ''}. This file needs no network and contacts no server.</p></footer>
<div class="toast" role="status" aria-live="polite"></div>
<script>${trusted(SCRIPT.text)}</script>
</body>
</html>
`.toString();
}

function sectionsOf(report: Report): Section[] {
  return [
    { id: 'counterexamples', title: 'Counterexamples', content: counterexamplesSection(report) },
    { id: 'coverage', title: 'Coverage', content: coverageSection(report) },
    { id: 'search', title: 'Search', content: searchSection(report) },
    { id: 'sabotage', title: 'Wire sabotage', content: sabotageSection(report) },
    { id: 'comparison', title: 'The run before', content: comparisonSection(report) },
    { id: 'basis', title: 'Basis', content: basisSection(report) },
  ];
}

function sectionMarkup({ id, title, content }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>
`;
}
