// The basis of the verdict: claims and assumptions, readings, timings, versions and seed.
import { catalogueStates, CATALOGUE } from '../../harness/formats/property-catalogue.ts';
import { describeAssumption, describeReason } from '../describe-reason.ts';
import { readingSentence } from '../../harness/guide/readings.ts';
import { type Markup, markup } from './markup.ts';
import type { Report } from './report.ts';

/** The claims and assumptions of a certificate for a pass, and everything that is needed to repeat the run. */
export function basisSection({ result, certificate }: Report): Markup {
  const { system, versions, seed, startedAt, timings, readings, absent, vantages, lanes, unavailable } = result;
  const open = catalogueStates(vantages, lanes).filter(({ state }) => state === 'not-observed');
  const identity = {
    system: system.name,
    'hash of the system': system.sha256,
    seed,
    started: startedAt,
    ...versions,
    ...(certificate === undefined ? {} : { 'digest of the certificate': certificate.digest }),
  };
  return markup`
${
  certificate !== undefined &&
  result.verdict === 'pass' &&
  markup`<h3>Claims</h3><ul>${certificate.claims.map((claim) => markup`<li>${describeReason(claim)}</li>`)}</ul>
<h3>Assumptions</h3><ul>${certificate.assumptions.map((each) => markup`<li>${describeAssumption(each)}</li>`)}</ul>`
}
${open.length > 0 && markup`<h3>Not observed</h3><ul>${open.map(({ id }) => markup`<li>${id} ${CATALOGUE[id].title} needs ${CATALOGUE[id].vantages.join(', ')}</li>`)}</ul>`}
<div class="columns">
${definitions('Versions and seed', identity)}
${definitions('Readings', readings, readingSentence)}
${definitions('Timings', timings)}
${definitions('Not part of this run', {
  'faults that the system is declared not to have': absent.join(', ') || 'none',
  'lanes that cannot run the system': unavailable.map(({ lane }) => lane).join(', ') || 'none',
})}
</div>`;
}

/** A list of names and values, each with its meaning if `meaning` knows one. */
function definitions<Value extends string | number>(
  title: string,
  record: Readonly<Record<string, Value>>,
  meaning: (name: string, value: Value) => string | undefined = () => undefined,
): Markup {
  const rows = Object.entries(record).map(([name, value]) => {
    const words = meaning(name, value);
    return markup`<dt>${name}</dt><dd>${value}${words !== undefined && markup`<p class="meaning">${words}</p>`}</dd>`;
  });
  return markup`<div><h3>${title}</h3><dl class="pairs">${rows}</dl></div>`;
}
