export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** The command line that sends a request again. The password is a variable of the shell: the journal does not have it. */
export function curlOf({ method, url, body }: Exchange, origin: string): string {
  const parts = ['curl -sS', `-u "admin:$ARRAY_PASSWORD"`];
  if (method !== 'GET') parts.push(`-X ${method}`);
  if (body !== null && body !== undefined) {
    parts.push(`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`);
  }
  return [...parts, quoted(origin + url)].join(' ');
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
