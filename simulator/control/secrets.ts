/** What is shown in a secret's place. */
const mask = '****';

const secretName = /password|passphrase|secret|pwd|token/i;

/** Names that tell about a secret, and are none. */
const aboutSecrets = /(?:status|state|set|length|required|count|type)$/i;

/** The same data with what is secret by its name masked. Flags, numbers and null tell nothing, and stay. */
export function maskSecrets(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(data ?? null, (key, value: unknown) => (isSecret(key) && mayBeSecret(value) ? mask : value)),
  );
}

/** The same URL with the secrets in its query masked. */
export function maskUrl(url: string): string {
  return url.replace(/([?&])([^=&]+)=([^&]*)/g, (whole, before: string, name: string) =>
    isSecret(name) ? `${before}${name}=${mask}` : whole,
  );
}

/** Whether a text speaks of secrets: where it can't be told apart what is one, none of it is shown. */
export function speaksOfSecrets(text: string): boolean {
  return secretName.test(text);
}

function isSecret(name: string): boolean {
  return secretName.test(name) && !aboutSecrets.test(name);
}

function mayBeSecret(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  return typeof value === 'object' && value !== null;
}
