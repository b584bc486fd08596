// The route of the service.
import { BATCH_PATH } from '../contract/batch.ts';
import type { CallerPresence, HttpRequest, HttpResponse } from '../contract/http.ts';
import type { Application, Context } from '../contract/parts.ts';
import { parseBatch } from './parse-batch.ts';

/** Makes the service of one process. An error is logged and answered with 500. */
export function serviceApplication(context: Context): Application {
  return {
    shutdown: (ending) => context.parts.shutdown(context, ending),
    async handle(request, caller) {
      try {
        return await route(context, request, caller);
      } catch (error) {
        context.env.log(`REQUEST_FAILED: ${error instanceof Error ? error.message : String(error)}`);
        return respond(500, { error: 'internal error' });
      }
    },
  };
}

async function route(
  context: Context,
  { method, path, body }: HttpRequest,
  caller: CallerPresence,
): Promise<HttpResponse> {
  if (path !== BATCH_PATH) return respond(404, { error: `no such path: ${path}` });
  if (method !== 'POST') return respond(405, { error: `expected POST, received ${method}` });
  const parsed = parseBatch(body);
  if (parsed.kind === 'refused') return respond(422, { error: parsed.reason });
  return respond(200, await context.parts.receiveBatch(context, parsed.request, caller));
}

function respond(status: number, content: unknown): HttpResponse {
  return { status, body: JSON.stringify(content) };
}
