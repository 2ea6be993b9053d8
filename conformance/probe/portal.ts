/** Where a target listens. */
export interface Portal {
  readonly host: string;
  readonly port: number;
}

/** `address:port` or `[address]:port`; the port is 3260 where none is given. Throws SyntaxError for anything else. */
export function parsePortal(text: string): Portal {
  const match = /^(?:\[([0-9a-f:.%\w]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3] ?? 3260);
  if (host === undefined || port > 65535) throw new SyntaxError(`${JSON.stringify(text)} is not address:port`);
  return { host, port };
}

/** The text that `parsePortal` reads. */
export function formatPortal({ host, port }: Portal): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
