/** What is shown in a secret's place. */
export const mask = '****';

const secretName = /password|passphrase|secret|pwd|token/i;

/** Names that tell about a secret, and are none. */
const aboutSecrets = /(?:status|state|set|length|required|count|type)$/i;

/**
 * The same data with what is secret by its name masked, the values of pairs whose key is such a name, and JSON as text that
 * speaks of secrets. Flags, numbers and null tell nothing, and stay.
 */
export function maskSecrets(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(data ?? null, function (this: { readonly key?: unknown }, name: string, value: unknown) {
      const isOfSecretKey = name === 'value' && typeof this.key === 'string' && isSecret(this.key);
      if (isDocument(value) && speaksOfSecrets(value)) return mask;
      return (isOfSecretKey || isSecret(name)) && mayBeSecret(value) ? mask : value;
    }),
  );
}

/** The same URL with the secrets in its query masked. */
export function maskUrl(url: string): string {
  const start = url.indexOf('?') + 1;
  if (start === 0) return url;
  // Not by a pattern: one that looks for pairs takes time by the square of a long query's length.
  const pairs = url.slice(start).split('&');
  return url.slice(0, start) + pairs.map(maskPair).join('&');
}

function maskPair(pair: string): string {
  const end = pair.indexOf('=');
  return end > 0 && isSecret(plain(pair.slice(0, end))) ? `${pair.slice(0, end)}=${mask}` : pair;
}

/** A name in a query without its percent-encoding; as it is where that is wrong. */
function plain(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Whether a text speaks of secrets: where it can't be told apart what is one, none of it is shown. */
export function speaksOfSecrets(text: string): boolean {
  return secretName.test(text);
}

/** Whether what has that name is a secret. */
export function isSecret(name: string): boolean {
  return secretName.test(name) && !aboutSecrets.test(name);
}

/** Whether a value is JSON as text, such as a request within a batch. */
function isDocument(value: unknown): value is string {
  return typeof value === 'string' && /^\s*[[{]/.test(value);
}

function mayBeSecret(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  return typeof value === 'object' && value !== null;
}
