// The JSON of the batch request and response between the legacy app and the service.
import type { Status } from './message.ts';

/** The service's batch endpoint. */
export const BATCH_PATH = '/v1/batches';

/** One message of a batch request. */
export interface BatchMessage {
  readonly message_uuid: string;
  readonly recipient: string;
  readonly body: string;
  readonly provider: string;
}

/** The body of POST /v1/batches. `dry_run` is required: an absent one must never mean a live send. */
export interface BatchRequest {
  readonly tenant_id: number;
  readonly campaign_id: number | null;
  readonly dry_run: boolean;
  readonly messages: readonly BatchMessage[];
}

/** What the service reports about one message. */
export interface BatchResult {
  readonly message_uuid: string;
  readonly status: Status;
  readonly provider_message_id: string | null;
}

/** The body of the answer: one result per message, in the order of the request. */
export interface BatchResponse {
  readonly results: readonly BatchResult[];
}
