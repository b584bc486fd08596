// The legacy app's answers as JSON text, errors included.
import { StoreUnavailable } from '../authority/retry-once.ts';
import type { HttpResponse } from '../contract/http.ts';
import type { Context } from '../contract/parts.ts';
import { RequestError } from './request-error.ts';

/** An answer with this status. */
export function jsonResponse(status: number, content: unknown): HttpResponse {
  return { status, body: JSON.stringify(content) };
}

/** The answer to a request that ended in an error. An unexpected error is logged. */
export function errorResponse(context: Context, error: unknown): HttpResponse {
  if (error instanceof RequestError) return jsonResponse(error.status, { error: error.message });
  if (error instanceof StoreUnavailable) return jsonResponse(503, { error: 'the database does not answer' });
  context.env.log(`REQUEST_FAILED: ${error instanceof Error ? error.message : String(error)}`);
  return jsonResponse(500, { error: 'internal error' });
}
