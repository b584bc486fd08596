// The tracks at the right of a diagram: the states of the authority, the breakers and the balance at the times of the rows.
import type { PropertyId } from '../../../harness/formats/finding.ts';
import type { StorySpell, Story, StoryTrack } from '../../../harness/history/story/story.ts';
import type { Columns } from './columns.ts';
import { type Box, type Label, labelAt, LINE } from './labels.ts';
import { nameOf } from './picture.ts';
import { heightsOf, type PlacedRow } from './row.ts';

/** A state with its place on its track. */
export interface PlacedSpell extends Box {
  readonly spell: StorySpell;
  /** Undefined if the box is too low for a text. */
  readonly label: Label | undefined;
}

/** A track with its place. */
export interface TrackColumn {
  readonly track: StoryTrack;
  readonly heads: readonly Label[];
  readonly spells: readonly PlacedSpell[];
}

/** A drawing narrower than this has no space for tracks. */
const WIDE_FROM = 620;
const WIDTH = 74;
const SPACING = 6;
const TRACKS_MAX = 3;
/** The distance between the two lines of a head. */
const HEAD_LINE = 12;
/** With more messages than this, the tracks of their authorities are left out: the rows show more. */
const AUTHORITIES_MAX = 2;
/** The kind of track that findings of these properties are about. */
const ABOUT: Readonly<Partial<Record<PropertyId, StoryTrack['kind']>>> = {
  S9: 'quota',
  S10: 'quota',
  S15: 'breaker',
  L6: 'breaker',
};

/** The width of all tracks of a story. */
export function tracksWidth(story: Story, width: number): number {
  return tracksShown(story, width).length * (WIDTH + SPACING);
}

/** The tracks to show: first the kind that the finding is about. A track that never changes is shown only if it is of that kind. */
function tracksShown({ tracks, findings }: Story, width: number): readonly StoryTrack[] {
  return width < WIDE_FROM ? [] : relevantTracks({ tracks, findings });
}

/** Whether the story has tracks that the drawing is too narrow to show. */
export function hasNoRoomForTracks(story: Story, width: number): boolean {
  return width < WIDE_FROM && relevantTracks(story).length > 0;
}

function relevantTracks({ tracks, findings }: Pick<Story, 'tracks' | 'findings'>): readonly StoryTrack[] {
  const [first] = findings;
  const about = first === undefined ? undefined : ABOUT[first.property];
  const authorities = tracks.filter(({ kind }) => kind === 'authority');
  const relevant = tracks.filter(({ kind, spells }) =>
    kind === 'authority' ? authorities.length <= AUTHORITIES_MAX : kind === about || spells.length > 1,
  );
  const isAbout = ({ kind }: StoryTrack): boolean => kind === about;
  return [...relevant.filter(isAbout), ...relevant.filter((track) => !isAbout(track))].slice(0, TRACKS_MAX);
}

/** What gives the height of an event or a time. */
interface Heights {
  readonly columns: Columns;
  readonly rows: readonly PlacedRow[];
  readonly height: number;
  yAt(timeMs: number): number;
}

/** Places the tracks of a story beside its rows. */
export function trackColumns(story: Story, heights: Heights): TrackColumn[] {
  const { columns, height } = heights;
  const heightOf = heightsOf(heights.rows);
  const shown = tracksShown(story, columns.width);
  return shown.map((track, index) => {
    const left = columns.width - (shown.length - index) * (WIDTH + SPACING) + SPACING - 1;
    const right = left + WIDTH;
    const tops = track.spells.map(({ seq, startMs }, place) =>
      place === 0 && seq === null ? 0 : startOf(seq, startMs),
    );
    return {
      track,
      heads: headOf(track, story).map((text, line) =>
        labelAt(
          6 + line * HEAD_LINE,
          { text, x: left + WIDTH / 2, align: 'middle', font: { size: line === 0 ? 11 : 9.5 }, tone: 'quiet' },
          { left, right },
        ),
      ),
      spells: track.spells.map((spell, place): PlacedSpell => {
        const top = tops[place] ?? 0;
        const bottom = Math.max(tops[place + 1] ?? height, top);
        return {
          spell,
          left,
          right,
          top,
          bottom,
          label: bottom - top < LINE + 2 ? undefined : wordsAt(spell, { left, right, top }),
        };
      }),
    };
  });

  function startOf(seq: number | null, startMs: number): number {
    return Math.round((seq === null ? undefined : heightOf.get(seq)) ?? heights.yAt(startMs));
  }
}

function wordsAt({ words }: StorySpell, { left, right, top }: Pick<Box, 'left' | 'right' | 'top'>): Label {
  const bounds = { left: left + 5, right: right - 3 };
  return labelAt(top + 2, { text: words, x: left + 5, align: 'start', font: { size: 10.5 }, tone: 'plain' }, bounds);
}

/** The head of a track: its kind, and its message, tenant or breaker if there are several. */
function headOf({ kind, of }: StoryTrack, story: Story): string[] {
  if (kind === 'breaker') return [`${of} breaker`];
  const isOne = story.tracks.filter((track) => track.kind === kind).length < 2;
  const name = kind === 'quota' ? 'balance' : 'authority';
  return isOne && (kind === 'quota' || story.items.length < 2)
    ? [name]
    : [name, kind === 'quota' ? of : nameOf(of, story)];
}
