import { isIpv4, isIpv6 } from '../array/ip-addresses.js';
import type { StorageArray } from '../array/storage-array.js';
import { formType } from '../http/body.js';
import { type CertificateStore, certificateOf, certificatesOf, kindOf, mainAlias } from './certificate-store.js';
import { RestError } from './errors.js';
import { formFile } from './form-file.js';
import {
  changeSettings,
  onKeeper,
  refuseField,
  type StoredSettings,
  settingsOf,
  settingsRoutes,
  stationArray,
} from './keeper.js';
import { storePrivateFile } from './private-files.js';
import { isReachable } from './remote-hosts.js';
import type { Routes } from './route.js';
import { CertRevocatSettings, SSLCertConfiguration, X509CertInfo } from './schemas/certificates.js';
import { FileRequest, PrivateFileInfo } from './schemas/files.js';
import { boolean, list, object, optional, type Static, text } from './schemas/types.js';
import type { Subject } from './signing.js';
import { certificatesIn, certificateView, type KeptCertificate, shaOf } from './x509.js';

type Configuration = Static<typeof SSLCertConfiguration>;

const maxFileBytes = 2 ** 20;
const form = { bodyTypes: [formType], bodyLimitBytes: maxFileBytes * 2 };

const ssl: StoredSettings<Configuration> = {
  kind: 'sslConfiguration',
  defaults: ({ system, controllers }) => ({
    dn: `CN=${system.label}`,
    rdns: [{ attributes: [{ name: 'CN', value: system.label }] }],
    subjectAlternateNames: controllers
      .list()
      .map(({ managementAddress }) => ({ sanType: 'ip', sanValue: managementAddress })),
    keySize: 'keySize2048',
  }),
};

function subjectOf({ dn = '', rdns = [], subjectAlternateNames = [] }: Configuration): Subject {
  const named = rdns.flatMap(({ attributes = [] }) => attributes);
  const given =
    named.length > 0
      ? named
      : dn
          .split(/,\s*/)
          .reverse()
          .map((part) => {
            const [name = '', ...value] = part.split('=');
            return { name, value: value.join('=') };
          });
  const parts = given.map(({ name = '', value = '' }) => ({ name: name.toUpperCase(), value }));
  const wrong = parts.find(({ name, value }) => !/^(CN|O|OU|L|ST|C)$/.test(name) || value === '');
  if (parts.length === 0 || wrong !== undefined)
    throw refuseField('dn', dn || named, 'a distinguished name of CN, O, OU, L, ST and C, such as CN=array,O=example');
  checkNames(parts, subjectAlternateNames);
  return {
    parts,
    altNames: subjectAlternateNames.map(({ sanType, sanValue }) => ({ type: sanType, value: sanValue })),
  };
}

/** Throws RestError for names that no certificate can have. */
function checkNames(parts: Subject['parts'], altNames: NonNullable<Configuration['subjectAlternateNames']>): void {
  for (const { name, value } of parts) {
    if (value.length > 64 || /^[#\s]|[,+"\\<>;=\r\n]/.test(value))
      throw refuseField('dn', value, 'values of 64 characters at most, without , + " \\ < > ; and =');
    if (name === 'C' && !/^[A-Z]{2}$/i.test(value)) throw refuseField('dn', value, 'a country of two letters');
  }
  for (const { sanType, sanValue } of altNames) {
    const fits = sanType === 'ip' ? isIpv4(sanValue) || isIpv6(sanValue) : /^[\w*.-]{1,253}$/.test(sanValue);
    if (!fits) throw refuseField('sanValue', sanValue, sanType === 'ip' ? 'an IPv4 or IPv6 address' : 'a host name');
  }
}

/** Keeps the certificates of a file: the first under the alias, further ones under it with a number. */
function install(
  array: StorageArray,
  store: CertificateStore,
  content: Buffer,
  alias: string | undefined,
  isKeyEntry = false,
): void {
  const certificates = certificatesIn(content, 'file');
  array.transact(() => {
    for (const [index, certificate] of certificates.entries()) {
      const pem = certificate.toString();
      const name = `${alias ?? shaOf(pem).toLowerCase()}${index === 0 || alias === undefined ? '' : `-${index}`}`;
      const kept = { alias: name, pem, isUserInstalled: true, isKeyEntry: isKeyEntry && index === 0 };
      array.documents.put(kindOf(store), name, kept, `Certificate ${name} installed`);
    }
  });
}

/** Certificates: the web server's own with what signs it, and those of other servers that it trusts. */
export function certificateRoutes(routes: Routes): void {
  const station = () => stationArray(routes);
  for (const [store, all, one, remove, exported] of [
    [
      'server',
      'getServerCertificates',
      'getSingleServerCertificate',
      'removeServerCertificate',
      'exportServerCertificate',
    ],
    [
      'remoteServer',
      'getRemoteServerCertificates',
      'getSingleRemoteServerCertificate',
      'removeRemoteServerCertificate',
      'exportRemoteServerCertificate',
    ],
  ] as const) {
    routes.on(all, { response: list(X509CertInfo) }, async () => {
      const kept = await certificatesOf(station(), store);
      return kept.map((each) => certificateView(station(), each, kept));
    });
    routes.on(one, { response: X509CertInfo }, async ({ id }) => {
      const found = await certificateOf(station(), store, id);
      return certificateView(station(), found, await certificatesOf(station(), store));
    });
    routes.on(remove, {}, async ({ id }) => {
      const { alias, isUserInstalled } = await certificateOf(station(), store, id);
      if (!isUserInstalled)
        throw new RestError('unprocessable', `Certificate '${alias}' is the web server's own: replace it instead.`);
      station().documents.delete(kindOf(store), alias, `Certificate ${alias} removed`);
    });
    routes.on(exported, { body: FileRequest, bodyOptional: true, response: PrivateFileInfo }, async ({ id, body }) => {
      const { alias, pem } = await certificateOf(station(), store, id);
      return storePrivateFile(station(), body.filename ?? `${alias}.pem`, pem);
    });
  }
  uploadRoutes(routes);
  configurationRoutes(routes);
}

function uploadRoutes(routes: Routes): void {
  const Alias = object({ alias: optional(text()), replaceMainServerCertificate: optional(boolean()) });
  const fileOf = (request: Parameters<typeof formFile>[0]) => formFile(request, 'file', maxFileBytes).content;
  routes.on('uploadServerCertificate', { ...form, query: Alias }, ({ request, query }) => {
    const isMain = query.replaceMainServerCertificate === true;
    install(stationArray(routes), 'server', fileOf(request), isMain ? mainAlias : query.alias, isMain);
  });
  routes.on('uploadRemoteServerCertificate', { ...form, query: Alias }, ({ request, query }) =>
    install(stationArray(routes), 'remoteServer', fileOf(request), query.alias),
  );
  routes.on('uploadTrustChain', form, ({ request }) => {
    const content = fileOf(request);
    const other = certificatesIn(content, 'file').find(({ ca }) => !ca);
    if (other !== undefined)
      throw new RestError('unprocessable', `The chain has a certificate of no authority: ${other.subject}.`, ['file']);
    install(stationArray(routes), 'server', content, undefined);
  });
}

/** What the web server's own certificate says, and whether revoked ones are looked for. */
function configurationRoutes(routes: Routes): void {
  onKeeper(routes, 'getSSLCertConfiguration', { response: SSLCertConfiguration }, (context) =>
    settingsOf(ssl, context),
  );
  onKeeper(routes, 'setSSLCertConfiguration', { body: SSLCertConfiguration }, async ({ body, ...context }) => {
    const wanted = {
      ...settingsOf(ssl, context),
      ...(body.dn !== undefined && body.rdns === undefined ? { rdns: [] } : {}),
      ...body,
    };
    const { selfSigned } = await import('./signing.js');
    const pem = await selfSigned(subjectOf(wanted), context.array.now());
    context.array.transact(() => {
      changeSettings(ssl, context, wanted, 'Certificate of the web server made anew');
      const own: KeptCertificate = { alias: mainAlias, pem, isUserInstalled: false, isKeyEntry: true };
      context.array.documents.put(kindOf('server'), mainAlias, own);
    });
  });
  onKeeper(
    routes,
    'getX509CertificateSigningRequest',
    { query: object({ filename: optional(text()) }), response: PrivateFileInfo },
    async ({ query, ...context }) => {
      const configuration = settingsOf(ssl, context);
      const { signingRequest } = await import('./signing.js');
      const bits = Number(configuration.keySize?.slice('keySize'.length) ?? 2048);
      const pem = await signingRequest(subjectOf(configuration), bits);
      return storePrivateFile(context.array, query.filename ?? 'server.csr', pem);
    },
  );
  onKeeper(routes, 'reloadSsl', { query: object({ reloadBoth: optional(boolean()) }) }, ({ array }) => {
    array.transact(() => array.events.record({ eventType: 0x7500, description: 'TLS configuration loaded anew' }));
  });
  onKeeper(routes, 'resetSSLConfiguration', { query: object({ reloadSSL: optional(boolean()) }) }, ({ array }) => {
    array.transact(() => {
      for (const store of ['server', 'remoteServer'] as const)
        for (const { alias } of array.documents.list<KeptCertificate>(kindOf(store)))
          array.documents.delete(kindOf(store), alias);
      array.documents.delete(`station/${ssl.kind}`, 'settings');
      array.events.record({ eventType: 0x7500, description: 'Certificates of the web server reset' });
    });
  });
  settingsRoutes(routes, {
    kind: 'revocation',
    defaults: () => ({ revocationChecking: false, ocspResponderAddress: '', strictCertVerificationEnabled: false }),
    read: 'getRevocationSettings',
    write: 'configureCertificateSettings',
    body: CertRevocatSettings,
    response: CertRevocatSettings,
    event: 'Certificate revocation settings changed',
    changes: (wanted) => {
      if (wanted.ocspResponderAddress) checkUrl('ocspResponderAddress', wanted.ocspResponderAddress);
      return wanted;
    },
  });
  onKeeper(
    routes,
    'testOCSPURL',
    { query: object({ ocspUrlString: text() }), response: boolean() },
    ({ query: { ocspUrlString } }) => isReachable(checkUrl('ocspUrlString', ocspUrlString)),
  );
}

function checkUrl(field: string, given: string): string {
  if (!/^https?:\/\/[^/\s]+/i.test(given)) throw refuseField(field, given, 'a URL of http or https');
  return given;
}
