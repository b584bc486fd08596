// The protocols between the systems of the pairs in this folder: both systems write and read them, and none is like the runbook's.

/** One message in a request to the service. */
export interface Outgoing {
  readonly ref: string;
  readonly number: string;
  readonly words: string;
}

/** The content of one request to the service. */
export interface Batch {
  readonly tenant: number;
  readonly isRehearsal: boolean;
  readonly messages: readonly Outgoing[];
}

/** The outcome of one message, in the words of the pairs. */
export interface Outcome {
  readonly ref: string;
  readonly state: 'sent' | 'refused' | 'doubtful' | 'again' | 'busy';
  readonly sid: string | null;
}

/** The part of an HTTP request that a protocol uses. */
export interface Sheet {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A protocol: the format of requests and answers. */
export interface Wire {
  /** The requests for a batch: one request, or one per message. */
  requests(batch: Batch): readonly (Sheet & { readonly messages: readonly Outgoing[] })[];
  /** The batch in a request; undefined when the request is not of this protocol. */
  batchIn(request: Sheet): Batch | undefined;
  answer(outcomes: readonly Outcome[]): string;
  outcomesIn(answer: string, asked: readonly Outgoing[]): readonly Outcome[];
}

type Fields = Readonly<Record<string, never>>;

const fieldsIn = (text: string): Fields => JSON.parse(text) as Fields;

/** Batches as `{ items: [...] }`, with names other than the runbook's and fields nested in other objects. */
const items: Wire = {
  requests({ tenant, isRehearsal, messages }) {
    const own = messages.map(({ ref, number, words }) => ({ id: ref, to: { number }, words }));
    const body = JSON.stringify({ meta: { tenant, rehearse: isRehearsal ? 'yes' : 'no' }, items: own });
    return [{ path: '/api/outbox', headers: {}, body, messages }];
  },
  batchIn({ path, body }) {
    if (path !== '/api/outbox') return undefined;
    const { meta, items: own } = fieldsIn(body) as unknown as {
      meta: { tenant: number; rehearse: string };
      items: { id: string; to: { number: string }; words: string }[];
    };
    const messages = own.map(({ id, to, words }) => ({ ref: id, number: to.number, words }));
    return { tenant: meta.tenant, isRehearsal: meta.rehearse === 'yes', messages };
  },
  answer: (outcomes) =>
    JSON.stringify({ data: { outcomes: outcomes.map(({ ref, ...rest }) => ({ id: ref, ...rest })) } }),
  outcomesIn(answer) {
    const { data } = fieldsIn(answer) as unknown as { data: { outcomes: (Omit<Outcome, 'ref'> & { id: string })[] } };
    return data.outcomes.map(({ id, state, sid }) => ({ ref: id, state, sid }));
  },
};

/** One message per request: the tenant is in the path, the uuid and the rehearsal flag are in headers. */
const single: Wire = {
  requests: ({ tenant, isRehearsal, messages }) =>
    messages.map((message) => ({
      path: `/tenants/${tenant}/messages`,
      headers: { 'idempotency-key': message.ref, ...(isRehearsal ? { 'x-rehearsal': '1' } : {}) },
      body: JSON.stringify({ number: message.number, words: message.words }),
      messages: [message],
    })),
  batchIn({ path, headers, body }) {
    const [, tenant] = /^\/tenants\/(\d+)\/messages$/.exec(path) ?? [];
    if (tenant === undefined) return undefined;
    const { number, words } = fieldsIn(body) as unknown as { number: string; words: string };
    const ref = headers['idempotency-key'] ?? '';
    return { tenant: Number(tenant), isRehearsal: headers['x-rehearsal'] === '1', messages: [{ ref, number, words }] };
  },
  answer: ([outcome]) => JSON.stringify({ state: outcome?.state, sid: outcome?.sid }),
  outcomesIn(answer, [asked]) {
    const { state, sid } = fieldsIn(answer) as unknown as Omit<Outcome, 'ref'>;
    return [{ ref: asked?.ref ?? '', state, sid }];
  },
};

/** The protocols by their names. */
export const WIRES = { items, single } as const;
