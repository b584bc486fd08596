// Finds the routes that a project's sources declare, by text: a path in a variable, or composed at run time, is not found.
import { lineAt } from './source-text.ts';

/** A path that a project answers, as its sources write it. */
export interface Route {
  /** Null if the declaration names no method, or accepts any. */
  readonly method: string | null;
  readonly path: string;
  /** The file that declares it, and the line. */
  readonly file: string;
  readonly line: number;
}

/** A source, and the prefixes of the paths that it declares. */
export interface RouteSource {
  readonly file: string;
  readonly text: string;
  readonly prefix?: string;
  /** The prefix of a path that is declared at an index of the text; it follows `prefix`. */
  prefixAt?(index: number): string;
}

const DECLARATIONS = [
  // Laravel: Route::post('/campaigns/{campaign}/send', ...), also with calls such as middleware('auth') in between.
  /\bRoute::(?:\w+\([^()]*\)->)*(get|post|put|any)\(\s*['"]([^'"]+)['"]/gi,
  // Express, Fastify, Hono: app.post('/campaigns/:id/send', ...); Go's chi, gin and echo: r.Post("/campaigns/{id}/send", ...).
  /\b(?:\w+)\.(get|post|put|all|any)\(\s*['"`](\/[^'"`]*)['"`]/gi,
  // Go's mux since 1.22: mux.HandleFunc("POST /campaigns/{id}/send", ...).
  /\.Handle(?:Func)?\(\s*["`](?:(GET|POST|PUT) )?(\/[^"`]*)["`]/g,
];

/** All routes that these sources declare. */
export function routesIn(sources: readonly RouteSource[]): Route[] {
  return sources.flatMap(({ file, text, prefix = '', prefixAt = () => '' }) =>
    DECLARATIONS.flatMap((declaration) =>
      [...text.matchAll(declaration)]
        // A template with values is a request of a client, not a declaration.
        .filter(([, , path = '']) => !path.includes('$'))
        .map(({ index, 1: method, 2: path = '' }) => ({
          method: methodOf(method),
          path: `${prefix}${prefixAt(index)}/${path.replace(/^\//, '')}`,
          file,
          line: lineAt(text, index),
        })),
    ),
  );
}

function methodOf(word: string | undefined): string | null {
  const method = word?.toUpperCase();
  return method === undefined || method === 'ANY' || method === 'ALL' ? null : method;
}

/** A parameter of a path: {campaign}, {campaign?} or :campaign. */
export const PARAMETER = /\{\w+\??\}|:\w+/g;
const SENDS = /\b(?:send|dispatch|deliver|launch|release|start|trigger)/i;
const SUBJECT = /campaign|sms|message|batch|broadcast/i;

/** The route that most probably sends a campaign, judged by its words; it has a parameter for the campaign. Undefined if there is none. */
export function proposeTrigger(routes: readonly Route[]): Route | undefined {
  const ranked = routes
    .filter(({ method, path }) => (method ?? 'POST') === 'POST' && [...path.matchAll(PARAMETER)].length > 0)
    .map((route) => ({ route, rank: 2 * Number(SENDS.test(route.path)) + Number(SUBJECT.test(route.path)) }))
    .filter(({ rank }) => rank >= 2)
    .toSorted((left, right) => right.rank - left.rank);
  return ranked[0]?.route;
}

/** The path in a description: a parameter that is named after a tenant becomes :tenantId, any other `other`. */
export function describedPath(path: string, other = ':campaignId'): string {
  return path.replace(PARAMETER, (parameter) =>
    /tenant|account|team|company|customer/i.test(parameter) ? ':tenantId' : other,
  );
}
