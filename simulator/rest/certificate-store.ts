import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import type { KeptCertificate } from './x509.js';

/** The certificates that a web server keeps: its own with what signs it, and those of other servers. */
export type CertificateStore = 'server' | 'remoteServer';

/** The alias of the certificate that the web server itself has. */
export const mainAlias = 'jetty';

/** The kind of the documents that a store's certificates are. */
export function kindOf(store: CertificateStore): string {
  return `station/certificate/${store}`;
}

/** The certificates that the web servers begin with are made on demand, and live with the process. */
const firstCertificates = new WeakMap<StorageArray, Map<string, Promise<string>>>();

export async function firstCertificate(array: StorageArray, name: string): Promise<string> {
  const made = firstCertificates.get(array) ?? new Map<string, Promise<string>>();
  firstCertificates.set(array, made);
  const pem =
    made.get(name) ??
    import('./signing.js').then(({ selfSigned }) =>
      selfSigned({ parts: [{ name: 'CN', value: name.replace(/[^\w .-]/g, '-') }], altNames: [] }, array.now()),
    );
  made.set(name, pem);
  return pem;
}

/** The certificates of a store; a server's own one is always there. */
export async function certificatesOf(
  array: StorageArray,
  store: CertificateStore,
): Promise<readonly KeptCertificate[]> {
  const kept = array.documents.list<KeptCertificate>(kindOf(store));
  if (store === 'remoteServer' || kept.some(({ alias }) => alias === mainAlias)) return kept;
  const pem = await firstCertificate(array, array.system.label);
  return [{ alias: mainAlias, pem, isUserInstalled: false, isKeyEntry: true }, ...kept];
}

export async function certificateOf(
  array: StorageArray,
  store: CertificateStore,
  alias: string,
): Promise<KeptCertificate> {
  const found = (await certificatesOf(array, store)).find((each) => each.alias === alias);
  if (found === undefined) throw new RestError('notFound', `There is no certificate '${alias}'.`);
  return found;
}
