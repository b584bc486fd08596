// A proxy server that acknowledges latency toxics and never applies them; all else works like a real one. No run on it may pass.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A forwarding front of a proxy server's API. */
export interface ForgetfulProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the front on loopback, which forwards to the API at `apiUrl`. */
export async function startForgetfulProxy(apiUrl: string): Promise<ForgetfulProxy> {
  const server = createServer((request, response) => {
    void passOn(request, response, apiUrl);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => end(server) };
}

async function passOn(request: IncomingMessage, response: ServerResponse, apiUrl: string): Promise<void> {
  const { method = '', url = '' } = request;
  const body = spoilt(await text(request));
  const answer = await fetch(`${apiUrl}${url}`, { method, ...(body === '' ? {} : { body }) });
  const type = answer.headers.get('content-type');
  response.writeHead(answer.status, type === null ? {} : { 'content-type': type }).end(await answer.text());
}

/** Sets the toxicity of a latency toxic to 0: the API shows the toxic, but it applies to no connection. */
function spoilt(body: string): string {
  if (!body.includes('"latency"')) return body;
  return JSON.stringify({ ...(JSON.parse(body) as object), toxicity: 0 });
}

function end(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
