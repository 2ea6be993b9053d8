import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
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

/** An HTTPS server that does not listen yet. */
export function secureServer(certificate: Certificate, listener: RequestListener): Server {
  return createServer({ ...certificate }, listener);
}

/** Serves HTTPS at an address. Rejects when the port is taken. */
export async function listenSecurely(
  certificate: Certificate,
  address: { readonly host: string; readonly port: number },
  listener: RequestListener,
  begun: (server: Server) => void,
): Promise<Server> {
  const server = secureServer(certificate, listener);
  begun(server);
  server.listen(address);
  await once(server, 'listening');
  return server;
}
