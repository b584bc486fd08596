// Proposes the actions of a pair by the routes of its legacy app: those that empty caches, switch breakers, recover and reconcile. The words
// of a route can mislead, so each proposal is a note with its place.
import { join } from 'node:path';
import type { Field } from './field.ts';
import { describedPath, PARAMETER, type Route } from './routes.ts';

const FORGETS = '(?:flush|refresh|forget|clear|empty|invalidate|purge|reset)';
const MODES = '(?:cache|flag|mode|feature)s?';

/** The actions, each with the words of the paths that can be it, and when it is. A route is the first that fits. */
const ACTIONS = {
  openBreaker: { words: /breaker|circuit/i, when: 'if it opens the breaker' },
  flush: {
    words: new RegExp(String.raw`flush|${FORGETS}[\W_]*${MODES}|${MODES}[\W_]*${FORGETS}`, 'i'),
    when: 'if it empties what caches the modes',
  },
  recover: { words: /recover/i, when: 'if it is a round of recovery' },
  reconcile: { words: /reconcil/i, when: 'if it compares both logs' },
} as const;

type Action = keyof typeof ACTIONS;

const OPERATION = /^\/(?:admin|operations?|ops|internal)\b/i;
const OPERATIONS_SHOWN_MAX = 5;

/** A route with its place: its file, relative to the description, and its line. */
interface PlacedRoute extends Route {
  readonly place: string;
}

/** The notes on what these routes of the project in `folder` can be, and one on the actions for which there is none. */
export function proposeActions(routes: readonly Route[], folder: string): Field[] {
  const placed = routes.map((route) => ({ ...route, place: `${join(folder, route.file)}:${route.line}` }));
  const notes = placed.flatMap((route) => notesOn(route));
  const left = ['flush', 'atRest', 'recover', 'reconcile', 'openBreaker'].filter(
    (name) => !notes.some(({ key }) => key === name),
  );
  return [...notes, ...operationsNote(placed), { key: left.join(', '), check: 'write those that the pair has' }];
}

function notesOn(route: PlacedRoute): Field[] {
  const action = actionOf(route);
  if (action === undefined) return [];
  if (action !== 'openBreaker') return [noteOn(route, { key: action, when: ACTIONS[action].when })];
  const { path } = route;
  const open = noteOn(route, { key: action, when: ACTIONS[action].when, verb: 'open' });
  const close = noteOn(route, { key: 'between', when: 'if it closes the breaker that was opened', verb: 'close' });
  // A path without a word for either, such as /breakers/{breaker}/{action}, can do both.
  if (/close|reset/i.test(path)) return [close];
  return VERB.test(path) ? [open, close] : [open];
}

/** The action that a route can be. A GET of a breaker only shows its state. */
function actionOf({ method, path }: Route): Action | undefined {
  const words = path.replaceAll(PARAMETER, '').replaceAll(/\/+/g, '/');
  const action = (Object.keys(ACTIONS) as Action[]).find((each) => ACTIONS[each].words.test(words));
  return action === 'openBreaker' && method === 'GET' ? undefined : action;
}

/** The parameter of a path that says what to do. */
const VERB = /\{(?:action|command|operation|state|verb)\??\}|:(?:action|command|operation|state|verb)\b/i;

/** A field that a route can be. `verb` replaces a parameter that says what to do. */
interface Use {
  readonly key: string;
  readonly when: string;
  readonly verb?: string;
}

function noteOn(route: PlacedRoute, { key, when, verb }: Use): Field {
  const { method, place } = route;
  const path = describedPath(verb === undefined ? route.path : route.path.replace(VERB, verb), ':breaker');
  return { key, check: `{ path: '${path}'${method === 'GET' ? ", method: 'GET'" : ''} }, from ${place}, ${when}` };
}

/** Further routes that operators use: an action of the pair can be among them. */
function operationsNote(routes: readonly PlacedRoute[]): Field[] {
  const further = routes.filter(
    (route) => route.method !== 'GET' && OPERATION.test(route.path) && actionOf(route) === undefined,
  );
  if (further.length === 0) return [];
  const shown = further.slice(0, OPERATIONS_SHOWN_MAX).map(({ path, place }) => `${path} (${place})`);
  const more = further.length - shown.length;
  return [{ key: 'further operations', check: `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}` }];
}
