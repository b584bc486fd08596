// One call to the provider, whose API has the form of Twilio's.
export async function sendSms(database, { tenantId, phone, body }) {
  const { rows } = await database.query('SELECT account, token FROM provider_credentials WHERE tenant_id = $1', [
    tenantId,
  ]);
  const [{ account, token }] = rows;
  const answer = await fetch(`${process.env.PROVIDER_URL}/2010-04-01/Accounts/${account}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` },
    body: new URLSearchParams({ To: phone, From: '+15005550006', Body: body }),
    signal: AbortSignal.timeout(1_000),
  });
  if (!answer.ok) return { status: 'rejected', id: null };
  return { status: 'accepted', id: (await answer.json()).sid };
}
