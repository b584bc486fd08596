// The routes of the legacy app.
import type { HttpRequest, HttpResponse } from '../contract/http.ts';
import type { Application, Context } from '../contract/parts.ts';
import { errorResponse, jsonResponse } from './json-response.ts';
import { RequestError } from './request-error.ts';

const SEND_PATH = /^\/campaigns\/(\d{1,15})\/send$/;

/** Makes the legacy app of one process. An error becomes an HTTP response. */
export function legacyApplication(context: Context): Application {
  return {
    shutdown: (ending) => context.parts.shutdown(context, ending),
    async handle(request) {
      try {
        return await route(context, request);
      } catch (error) {
        return errorResponse(context, error);
      }
    },
  };
}

async function route(context: Context, request: HttpRequest): Promise<HttpResponse> {
  const { parts } = context;
  if (request.method !== 'POST') throw new RequestError(405, `expected POST, received ${request.method}`);
  requireJson(request.body);
  if (request.path === '/recover') return jsonResponse(200, await parts.recover(context));
  if (request.path === '/reconcile') return jsonResponse(200, await parts.reconcile(context));
  const campaignId = SEND_PATH.exec(request.path)?.[1];
  if (campaignId === undefined) throw new RequestError(404, `no such path: ${request.path}`);
  return parts.receiveEntry(context, { campaignId: Number(campaignId) });
}

/** The content of the body is not used, but a body that is not JSON shows a caller that expects something else. */
function requireJson(body: string): void {
  if (body === '') return;
  try {
    JSON.parse(body);
  } catch {
    throw new RequestError(400, 'expected a JSON body');
  }
}
