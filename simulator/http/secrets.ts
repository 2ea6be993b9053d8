/** What is shown in a secret's place. */
export const mask = '****';

const secretName = /password|passphrase|secret|pwd|token/i;

/** Names that tell about a secret, and are none. */
const aboutSecrets = /(?:status|state|set|length|required|count|type)$/i;

/**
 * The same data with what is secret by its name masked, and the values of pairs whose key is such a name. Flags, numbers
 * and null tell nothing, and stay.
 */
export function maskSecrets(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(data ?? null, function (this: { readonly key?: unknown }, name: string, value: unknown) {
      const isOfSecretKey = name === 'value' && typeof this.key === 'string' && isSecret(this.key);
      return (isOfSecretKey || isSecret(name)) && mayBeSecret(value) ? mask : value;
    }),
  );
}

/** The same URL with the secrets in its query masked. */
export function maskUrl(url: string): string {
  return url.replace(/([?&])([^=&]+)=([^&]*)/g, (whole, before: string, name: string) =>
    isSecret(plain(name)) ? `${before}${name}=${mask}` : whole,
  );
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

function mayBeSecret(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  return typeof value === 'object' && value !== null;
}
