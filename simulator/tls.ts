import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { FastifyInstance, FastifyServerFactory } from 'fastify';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate of its own signature for the host, made now and valid for a year. */
export async function selfSignedCertificate(host: string, nowMs: number): Promise<Certificate> {
  const dayMs = 86_400_000;
  const altNames = [
    { type: 2 as const, value: 'localhost' },
    { type: 7 as const, ip: '127.0.0.1' },
    ...(/^[\d.]+$/.test(host) ? [{ type: 7 as const, ip: host }] : [{ type: 2 as const, value: host }]),
  ];
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
    keySize: 2048,
    notBeforeDate: new Date(nowMs - dayMs),
    notAfterDate: new Date(nowMs + 365 * dayMs),
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { key, cert };
}

/** Makes the server an HTTPS one. */
export function secureServer(certificate: Certificate): FastifyServerFactory {
  return (handler) => createServer({ ...certificate }, handler) as unknown as ReturnType<FastifyServerFactory>;
}

/** Serves HTTPS beside the server's HTTP. Closed with the server. Rejects when the port is taken. */
export async function listenSecurely(
  app: FastifyInstance,
  certificate: Certificate,
  address: { readonly host: string; readonly port: number },
): Promise<Server> {
  const server = createServer({ ...certificate }, (request, response) => app.routing(request, response));
  server.listen(address);
  await once(server, 'listening');
  return server;
}
