// The routes of the API and what they do, without HTTP: a route takes parameters and a body and gives an answer, or throws a refusal.
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

/** What a route answers. Without a type there is no body. */
export interface ApiResponse {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
}

/** What a route is asked: the variable segments of its path, and the body for routes that read one. */
export interface ApiRequest {
  readonly proxyName: string;
  readonly toxicName: string;
  readonly body: string;
}

/** What a method of a path does. */
export interface ApiRoute {
  readonly readsBody: boolean;
  readonly answer: (question: ApiRequest) => ApiResponse | Promise<ApiResponse>;
}

/** A path, with `:proxy` and `:toxic` for its variable segments, and its methods; `ANY` stands for all. */
export interface RoutedPath {
  readonly segments: readonly string[];
  readonly methods: Readonly<Record<string, ApiRoute>>;
}

type Work = ApiRoute['answer'];

/** The routes over a collection of proxies; /metrics exists only where there are metrics. */
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

/** The answer to something that was thrown. Only a refusal carries a status; the rest is a 500 with its message. */
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
