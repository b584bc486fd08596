// The decisions that make the most readable counterexamples, the simplest first: what happens to one message or call, then a process that
// crashes or pauses. Decisions of the database, the clocks and ties are left out: they are the least likely causes.
import type { Deviation } from '../formats/case.ts';
import type { Scenario } from '../formats/scenario.ts';
import { ANSWER_SITE, CLIENT_SITE, LEGACY_WAKE_SITE, PROVIDER_SITE, REQUEST_SITE, SERVICE_WAKE_SITE } from './sites.ts';

/** One deviation for each such choice, placed at the first decision of its site in each campaign or process of the scenario. */
export function simpleDecisions({ steps }: Scenario): Deviation[] {
  const campaigns = steps.flatMap((step) =>
    step.kind === 'entry' ? [Array.from({ length: step.messages }, (_, index) => `${step.campaign}#${index + 1}`)] : [],
  );
  const batches = campaigns.map((items) => items.join('+'));
  const firsts = campaigns.flatMap((items) => items.slice(0, 1));
  return [
    ...decisions(ANSWER_SITE, batches),
    ...decisions(REQUEST_SITE, batches),
    ...decisions(PROVIDER_SITE, firsts),
    ...decisions(CLIENT_SITE, firsts),
    ...decisions(SERVICE_WAKE_SITE, ['service-1']),
    ...decisions(LEGACY_WAKE_SITE, ['legacy-1']),
  ];
}

/** Every choice except the undisturbed one. */
function decisions(
  { name, choices }: { readonly name: string; readonly choices: readonly string[] },
  keys: readonly string[],
): Deviation[] {
  return keys.flatMap((key) => choices.slice(1).map((choice) => ({ site: name, key, attempt: 0, choice })));
}
