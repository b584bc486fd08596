// How the pairs of this folder speak to each other: each form unlike the runbook's, written and read by both of their systems.

/** One message on its way to the service. */
export interface Outgoing {
  readonly ref: string;
  readonly number: string;
  readonly words: string;
}

/** What the legacy app asks for. */
export interface Batch {
  readonly tenant: number;
  readonly isRehearsal: boolean;
  readonly messages: readonly Outgoing[];
}

/** What happened to one message, in the words of the pairs. */
export interface Outcome {
  readonly ref: string;
  readonly state: 'sent' | 'refused' | 'doubtful' | 'again' | 'busy';
  readonly sid: string | null;
}

/** A request or an answer without what HTTP adds. */
export interface Sheet {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A form of requests and answers. */
export interface Wire {
  /** The requests for a batch: one, or one for each message. */
  requests(batch: Batch): readonly (Sheet & { readonly messages: readonly Outgoing[] })[];
  /** The batch that a request holds; undefined for another request. */
  batchIn(request: Sheet): Batch | undefined;
  answer(outcomes: readonly Outcome[]): string;
  outcomesIn(answer: string, asked: readonly Outgoing[]): readonly Outcome[];
}

type Fields = Readonly<Record<string, never>>;

const fieldsIn = (text: string): Fields => JSON.parse(text) as Fields;

/** Batches as `{ items: [...] }`, with all names other than the runbook's and everything deep inside of other objects. */
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

/** One message a request, with its uuid, its tenant and whether it is a rehearsal in the head. */
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

/** The forms by their names. */
export const WIRES = { items, single } as const;
