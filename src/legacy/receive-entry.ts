// The controller: opens the entry, dispatches its messages, then answers. It does the same in every mode.
import type { HttpResponse } from '../contract/http.ts';
import type { Context, EntryRequest } from '../contract/parts.ts';
import { errorResponse, jsonResponse } from './json-response.ts';

/** Sends a campaign. Answers how many messages were taken, and how many were refused because no quota was left. */
export async function receiveEntry(context: Context, request: EntryRequest): Promise<HttpResponse> {
  const { parts } = context;
  try {
    const { tenantId, campaignId, groups, refused } = await parts.openEntry(context, request);
    for (const { mode, messages } of groups) {
      await parts.dispatch(context, { tenantId, campaignId, mode, messages });
    }
    const messages = groups.reduce((sum, group) => sum + group.messages.length, 0);
    return jsonResponse(200, { status: 'queued', messages, refused });
  } catch (error) {
    return errorResponse(context, error);
  }
}
