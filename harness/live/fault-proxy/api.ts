// The routes of the API, without HTTP: a route gets the parameters and the body of a request, and returns an answer or throws an ApiError.
import { ApiError } from './api-error.ts';
import { errorJson, populatedJson, proxyIndexJson, proxyJson, toxicJson, toxicsJson } from './json-answers.ts';
import {
  decodeAttributes,
  decodeProxies,
  decodeProxy,
  decodeToxic,
  decodeToxicChange,
  missingField,
} from './json-bodies.ts';
import { METRICS_CONTENT_TYPE, type ProxyMetrics } from './metrics.ts';
import type { ProxyCollection } from './proxy-collection.ts';
import type { FaultyProxy } from './proxy.ts';
import type { Direction, Toxic } from './toxic.ts';
import { messageOf } from '../../platform/thrown.ts';
import { toxicKinds } from './toxics/registry.ts';

const VERSION = '2.12.0';
const JSON_TYPE = 'application/json';
const NO_CONTENT: ApiResponse = { status: 204 };

/** The answer of a route. An answer without a body has no content type. */
export interface ApiResponse {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
}

/** A request to a route: the variable segments of its path, and the body if the route reads one. */
export interface ApiRequest {
  readonly proxyName: string;
  readonly toxicName: string;
  readonly body: string;
}

/** How a method of a path is answered. */
export interface ApiRoute {
  readonly readsBody: boolean;
  readonly answer: (question: ApiRequest) => ApiResponse | Promise<ApiResponse>;
}

/** A path with its methods. `:proxy` and `:toxic` are its variable segments; `ANY` matches all methods. */
export interface RoutedPath {
  readonly segments: readonly string[];
  readonly methods: Readonly<Record<string, ApiRoute>>;
}

type Work = ApiRoute['answer'];

/** The routes for a collection of proxies; /metrics exists only if `metrics` is given. */
export function apiRoutes(proxies: ProxyCollection, metrics: ProxyMetrics | undefined): RoutedPath[] {
  const routes = [
    path('version', { GET: reads(() => versionAnswer) }),
    path('reset', { POST: reads(() => proxies.reset().then(() => NO_CONTENT)) }),
    path('populate', { POST: writes((question) => populate(proxies, question)) }),
    ...proxyRoutes(proxies),
    ...toxicRoutes(proxies),
  ];
  if (metrics !== undefined) {
    const answer = () => ({ status: 200, contentType: METRICS_CONTENT_TYPE, body: metrics.text() });
    routes.push(path('metrics', { ANY: reads(answer) }));
  }
  return routes;
}

const versionAnswer: ApiResponse = {
  status: 200,
  contentType: 'application/json;charset=utf-8',
  body: `{"version": "${VERSION}"}\n`,
};

function proxyRoutes(proxies: ProxyCollection): RoutedPath[] {
  const update: Work = async ({ proxyName, body }) => {
    const proxy = proxies.get(proxyName);
    const { name, listen, upstream, enabled } = proxy;
    await proxy.update(decodeProxy(body, { name, listen, upstream, enabled }));
    return ok(proxyJson(proxy));
  };
  return [
    path('proxies', {
      GET: reads(() => ok(proxyIndexJson(proxies.all()))),
      POST: writes((question) => createProxy(proxies, question)),
    }),
    path('proxies/:proxy', {
      GET: reads(({ proxyName }) => ok(proxyJson(proxies.get(proxyName)))),
      POST: writes(update),
      PATCH: writes(update),
      DELETE: reads(({ proxyName }) => proxies.remove(proxyName).then(() => NO_CONTENT)),
    }),
  ];
}

function toxicRoutes(proxies: ProxyCollection): RoutedPath[] {
  const update: Work = ({ proxyName, toxicName, body }) => {
    const { toxics } = proxies.get(proxyName);
    const toxic = toxics.get(toxicName);
    toxics.update(toxic, decodeToxicChange(body, toxic));
    return ok(toxicJson(toxic));
  };
  const remove: Work = ({ proxyName, toxicName }) => {
    const { toxics } = proxies.get(proxyName);
    toxics.remove(toxics.get(toxicName));
    return NO_CONTENT;
  };
  return [
    path('proxies/:proxy/toxics', {
      GET: reads(({ proxyName }) => ok(toxicsJson(proxies.get(proxyName).toxics.all()))),
      POST: writes(({ proxyName, body }) => ok(toxicJson(addToxic(proxies.get(proxyName), body)))),
    }),
    path('proxies/:proxy/toxics/:toxic', {
      GET: reads(({ proxyName, toxicName }) => ok(toxicJson(proxies.get(proxyName).toxics.get(toxicName)))),
      POST: writes(update),
      PATCH: writes(update),
      DELETE: reads(remove),
    }),
  ];
}

async function createProxy(proxies: ProxyCollection, { body }: ApiRequest): Promise<ApiResponse> {
  const input = decodeProxy(body, { name: '', listen: '', upstream: '', enabled: true });
  const missing = missingField(input);
  if (missing !== undefined) throw new ApiError(400, `missing required field: ${missing}`);
  return { ...ok(proxyJson(await proxies.create(input))), status: 201 };
}

async function populate(proxies: ProxyCollection, { body }: ApiRequest): Promise<ApiResponse> {
  try {
    const populated = await proxies.populate(decodeProxies(body));
    if (populated.failure === undefined) return { ...ok(populatedJson(populated.proxies)), status: 201 };
    const failure = asRefusal(populated.failure);
    return { ...ok(populatedJson(populated.proxies, failure)), status: failure.status };
  } catch (error) {
    const refusal = asRefusal(error);
    return { ...ok(populatedJson([], refusal)), status: refusal.status };
  }
}

function addToxic(proxy: FaultyProxy, body: string): Toxic {
  const input = decodeToxic(body);
  const direction = directionOf(input.stream);
  const kind = toxicKinds.get(input.type);
  if (kind === undefined) throw new ApiError(400, 'invalid toxic type');
  const name = input.name === '' ? `${input.type}_${input.stream}` : input.name;
  if (proxy.toxics.find(name) !== undefined) throw new ApiError(409, 'toxic already exists');
  const toxic = { ...input, name, kind, direction, attributes: decodeAttributes(body, { type: input.type, kind }) };
  proxy.toxics.add(toxic);
  return toxic;
}

function directionOf(stream: string): Direction {
  const direction = stream.toLowerCase();
  if (direction === 'upstream' || direction === 'downstream') return direction;
  throw new ApiError(400, 'stream was invalid, can be either upstream or downstream');
}

/** The answer for a thrown value. An ApiError has its own status; any other error becomes a 500 with its message. */
export function failureAnswer(error: unknown): ApiResponse {
  const refusal = asRefusal(error);
  return { status: refusal.status, contentType: 'text/plain; charset=utf-8', body: `${errorJson(refusal)}\n` };
}

function asRefusal(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(500, messageOf(error));
}

function ok(body: string): ApiResponse {
  return { status: 200, contentType: JSON_TYPE, body };
}

function path(text: string, methods: Readonly<Record<string, ApiRoute>>): RoutedPath {
  return { segments: text.split('/'), methods };
}

function reads(answer: Work): ApiRoute {
  return { readsBody: false, answer };
}

function writes(answer: Work): ApiRoute {
  return { readsBody: true, answer };
}
