// Provider clients of the smallest pair for APIs other than Twilio's.

/**
 * A client that calls `fetch` with these arguments. `id` is an expression for the id in a 2xx answer, null for a message that was not
 * accepted.
 */
function client(request: string, id: string): string {
  return `
export async function sendSms(database, { tenantId, phone, body }) {
  const query = 'SELECT account, token FROM provider_credentials WHERE tenant_id = $1';
  const { account, token } = (await database.query(query, [tenantId])).rows[0];
  const answer = await fetch(${request});
  const id = answer.ok ? ${id} : null;
  return { status: id === null ? 'rejected' : 'accepted', id };
}
`;
}

/** For an invented API: JSON, with the account in a header. */
export const ACME_CLIENT = client(
  `process.env.PROVIDER_URL + '/v1/sms', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-account': account, 'x-token': token },
    body: JSON.stringify({ message: { to: phone, text: body } }),
  }`,
  '(await answer.json()).id',
);

/** For Vonage's API, which answers 200 also when it rejects a message. */
export const VONAGE_CLIENT = client(
  `process.env.PROVIDER_URL + '/sms/json', {
    method: 'POST',
    body: new URLSearchParams({ api_key: account, api_secret: token, from: 'ONESEND', to: phone.slice(1), text: body }),
  }`,
  "(await answer.json()).messages.find(({ status }) => status === '0')?.['message-id'] ?? null",
);

/** For an API that takes lines of text. */
export const LINES_CLIENT = client(
  "process.env.PROVIDER_URL + '/lines', { method: 'PUT', body: [account, phone, body].join('\\n') }",
  '(await answer.json())[0]',
);

/** The provider module that implements the API of lines. */
export const LINES_MODULE = `
const STATUSES = { accepted: 200, rejected: 422, failed: 500, unavailable: 503 };
export default {
  read({ method, target, text }) {
    if (target !== '/lines') return undefined;
    const [account, recipient, ...lines] = text.split('\\n');
    const message = { account, recipient, body: lines.join('\\n') };
    return method === 'PUT' ? message : { refused: 'the method is not PUT', answer: { status: 405, body: [] }, message };
  },
  answer: (reply, { id }) => ({ status: STATUSES[reply], body: [id] }),
};
`;
