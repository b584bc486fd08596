// The legacy app's answers as JSON text, errors included.
import { StoreUnavailable } from '../authority/retry-once.ts';
import type { HttpResponse } from '../contract/http.ts';
import type { Context } from '../contract/parts.ts';
import { RequestError } from './request-error.ts';

/** A response with this status; `content` becomes the JSON body. */
export function jsonResponse(status: number, content: unknown): HttpResponse {
  return { status, body: JSON.stringify(content) };
}

/** The response to a request that ended in an error: its own status, 503 without the database, otherwise 500. A 500 is also logged. */
export function errorResponse(context: Context, error: unknown): HttpResponse {
  if (error instanceof RequestError) return jsonResponse(error.status, { error: error.message });
  if (error instanceof StoreUnavailable) return jsonResponse(503, { error: 'the database does not answer' });
  context.env.log(`REQUEST_FAILED: ${error instanceof Error ? error.message : String(error)}`);
  return jsonResponse(500, { error: 'internal error' });
}
