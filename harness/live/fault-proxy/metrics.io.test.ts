// Tests the counters of a server with /metrics.
import { expect, test } from 'vitest';
import { startPeers } from './peers.fixture.ts';

test('the metrics count the bytes of ended links, per proxy and direction', async () => {
  const peers = await startPeers({ metrics: true });
  for (let round = 0; round < 2; round += 1) {
    const { client, server } = await peers.open();
    client.socket.write(Buffer.alloc(600_000));
    await server.received(600_000);
    server.socket.end('abc');
    await client.ending;
  }
  // The proxy counts the bytes of a link a moment after the client has seen its end.
  const metrics = async () => (await fetch(`${peers.url}/metrics`)).text();
  const labels = (direction: string) =>
    `{direction="${direction}",listener="${peers.wire.listen}",proxy="wire",upstream="${peers.upstream}"}`;
  await expect.poll(metrics).toContain(`toxiproxy_proxy_received_bytes_total${labels('upstream')} 1.2e+06\n`);
  await expect.poll(metrics).toContain(`toxiproxy_proxy_sent_bytes_total${labels('downstream')} 6\n`);
  await peers.close();
});
