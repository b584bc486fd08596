// The baseline of a result, as text: which violations it accepts, until when, by whom, and which of them the run did not observe.
import { acceptanceOf, type AppliedBaseline } from '../harness/formats/baseline.ts';
import { countOf } from '../harness/history/counted-words.ts';

type Entry = AppliedBaseline['accepted'][number];

/** A terminal shows at most this many entries. */
const ENTRIES_MAX = 12;

/** `VIOLATION ACCEPTED UNTIL 2027-01-31 BY Jane Doe`: the earliest day on which an acceptance ends, and the names of all who accept. */
export function acceptedWords(entries: readonly Pick<Entry, 'until' | 'by'>[]): string {
  const [until = ''] = entries.map((each) => each.until).toSorted();
  const names = [...new Set(entries.map(({ by }) => by))].toSorted();
  return `VIOLATION ACCEPTED UNTIL ${until} BY ${names.join(', ')}`;
}

/** The acceptances of these fingerprints; undefined if there are no fingerprints or one of them is not accepted. */
export function acceptancesOf(
  fingerprints: readonly string[],
  baseline: AppliedBaseline | undefined,
): readonly Entry[] | undefined {
  const entries = fingerprints.flatMap((fingerprint) => {
    const entry = acceptanceOf(fingerprint, baseline);
    return entry?.state === 'accepted' ? [entry] : [];
  });
  return fingerprints.length > 0 && entries.length === fingerprints.length ? entries : undefined;
}

/** The acceptances in force whose violations were observed. */
export function acceptedIn({ accepted }: AppliedBaseline): readonly Entry[] {
  return accepted.filter(({ state }) => state === 'accepted');
}

/** A line with the file and its counts, and a line for each of its entries. */
export function baselineLines({ file, accepted }: AppliedBaseline): string[] {
  const more = accepted.length - ENTRIES_MAX;
  return [
    `baseline ${file}: ${accepted.length === 0 ? 'it accepts nothing' : countsOf(accepted)}`,
    ...accepted.slice(0, ENTRIES_MAX).map((entry) => `  ${entryWords(entry)}`),
    ...(more > 0 ? [`  and ${countOf(more, 'more entry', 'more entries')}`] : []),
  ];
}

function countsOf(accepted: AppliedBaseline['accepted']): string {
  const counts = (['accepted', 'expired', 'unobserved'] as const).flatMap((state) => {
    const count = accepted.filter((each) => each.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return counts.join(', ');
}

/** An entry that was not observed is never called repaired: the run may have missed the violation. */
function entryWords({ fingerprint, state, until, by, ticket }: Entry): string {
  const words = {
    accepted: `accepted until ${until} by ${by}`,
    expired: `EXPIRED on ${until}, accepted by ${by}`,
    unobserved: `unobserved, which is no evidence of a repair; accepted until ${until} by ${by}`,
  } as const;
  return `${fingerprint}: ${words[state]} (${ticket})`;
}
