// The frame of each page: one self-contained file that opens from disk. Its policy allows only its own style and its own script.
import { SCRIPT, STYLE } from './assets.ts';
import { type Markup, markup, trusted } from './markup.ts';

/** A part of a page, with a link in the navigation. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

/** The parts of a page. */
export interface PageParts {
  readonly title: string;
  /** The first screen; its heading has the id `verdict`. */
  readonly first: Markup;
  readonly sections: readonly Section[];
  /** The version of Onesend that writes the page. */
  readonly version: string;
}

const POLICY = [
  "default-src 'none'",
  `style-src ${STYLE.source}`,
  `script-src ${SCRIPT.source}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The page as HTML. */
export function renderFrame({ title, first, sections, version }: PageParts): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} - Onesend</title>
<style>${trusted(STYLE.text)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<a class="brand" href="#main">Onesend</a>
<nav aria-label="Sections"><ul>${sections.map(({ id, title: name }) => markup`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<button type="button" class="quiet" data-action="theme" title="Light or dark (t)">Dark</button>
</header>
<main id="main" tabindex="-1">
${first}
${sections.map(sectionMarkup)}
</main>
<footer><p>Written by Onesend ${version}. This file needs no network and contacts no server.</p></footer>
<div class="toast" role="status" aria-live="polite"></div>
<script>${trusted(SCRIPT.text)}</script>
</body>
</html>
`.toString();
}

function sectionMarkup({ id, title, content }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>
`;
}
