// What each goal of a simulated search means: a state that at least one run must reach, else the verdict is inconclusive.
import { GOALS, type Goal } from '../formats/goal.ts';
import type { GuideEntry } from './entry.ts';

/** The goals. */
const GOAL_MEANINGS: Readonly<Record<Goal, string>> = {
  'breaker opened': 'A breaker went to OPEN after failures.',
  'breaker probed': 'A breaker that was OPEN let a probe through.',
  'fallback won': 'The legacy app got the authority after a failed call, and sent.',
  'fallback lost to a late acceptance':
    'The legacy app asked for the authority after a failed call, but the service had it already.',
  'claim recovered': 'An attempt took over a claim that another attempt had left behind.',
  'unknown surfaced': 'A message ended as unknown, and a row says so.',
  'duplicate answered': 'The service answered `duplicate` for a message that it had sent.',
  'mode flipped in flight': 'The mode of a tenant changed while one of its messages was under way.',
  'legacy crashed in flight': 'The legacy app was killed while a message was under way.',
  'service crashed in flight': 'The service was killed while a message was under way.',
  'terminated with grace': 'A system was asked to end, and finished what it had begun.',
  'entry refused for want of quota': 'A message did not enter because its account had no unit left.',
  'batch larger than the workers': 'A batch had more messages than the service has workers.',
  'equal numbers': 'Two messages went to the same number.',
  'second provider used': 'A message was sent by the second provider.',
  'two service instances': 'Two instances of the service ran side by side.',
  'clocks apart': 'The clocks of two processes differed.',
  'breaker opened by rehearsals alone':
    'Failed rehearsals opened the breaker of rehearsals, and no live call was affected.',
  'recovered beside traffic': 'Recovery ran while other messages were under way.',
  'reconciled beside traffic': 'The reconciliation ran while messages were under way.',
  'doubt resolved after surfacing': 'A message that had ended as unknown was resolved later.',
  'uuid repeated with another payload': 'A request came with a known uuid and another text or number.',
};

/** The goals as entries of the guide. */
export const GOAL_ENTRIES: readonly GuideEntry[] = GOALS.map((id) => ({
  id,
  kind: 'goal',
  title: '',
  summary: GOAL_MEANINGS[id],
  facts: [['when never reached', 'the verdict is inconclusive (exit code 3): try more runs, or another seed']],
}));
