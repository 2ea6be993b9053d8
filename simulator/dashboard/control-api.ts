/** What the control API answered that is not a success. */
export class ControlApiError extends Error {
  override readonly name = 'ControlApiError';

  constructor(
    readonly status: number,
    message: string,
    readonly field: string | undefined,
  ) {
    super(message);
  }
}

const tokenKey = 'eseries-control-token';

/** The control token is kept for this tab only. */
export function setControlToken(token: string): void {
  sessionStorage.setItem(tokenKey, token);
}

/** Headers that every request to the control API carries. */
export function controlHeaders(): Record<string, string> {
  const token = sessionStorage.getItem(tokenKey);
  return token === null || token === '' ? {} : { 'x-control-token': token };
}

/** Sends a request to /sim/v1 and gives its JSON. Throws ControlApiError, TypeError when the simulator is not there. */
export async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { ...controlHeaders(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const answer = await fetch(`/sim/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const value = text === '' ? undefined : (JSON.parse(text) as Answer & { readonly error?: ErrorBody });
  if (answer.ok) return value as Answer;
  throw new ControlApiError(answer.status, value?.error?.message ?? `HTTP ${answer.status}`, value?.error?.field);
}

interface ErrorBody {
  readonly message: string;
  readonly field?: string;
}

/** Sends a GET to the control API. */
export function read<Answer>(path: string): Promise<Answer> {
  return control('GET', path);
}
