import { X509Certificate } from 'node:crypto';
import type { returnCodes } from '../array/return-codes.js';
import type { StorageArray } from '../array/storage-array.js';
import { formType } from '../http/body.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { formFile } from './form-file.js';
import { changeSettings, onKeeper, refuseField, type StoredSettings, settingsOf } from './keeper.js';
import { download, keptFile, storePrivateFile } from './private-files.js';
import { isReachable } from './remote-hosts.js';
import type { Routes } from './route.js';
import {
  KmsCertificateResponse,
  KmsGenerateCsrRequest,
  KmsGenerateCsrResponse,
  KmsTestCommunicationResponse,
  KmsUpdateRequest,
  KmsUpdateSecurityKeyRequest,
  KmsUpdateSecurityKeyResponse,
} from './schemas/keys.js';
import { object, oneOf, type Static } from './schemas/types.js';
import { dropSecurityKey, securityKeyOf, setSecurityKey } from './security-keys.js';
import { certificatesIn, distinguishedName } from './x509.js';

type Kind = 'clientCertificate' | 'serverCertificate';

interface KeyServers {
  readonly keyServers: readonly { readonly kmsAddress: string; readonly kmsPort: number }[];
  /** PEM; '' for none. */
  readonly clientCertificate: string;
  readonly serverCertificate: string;
}

const keyServers: StoredSettings<KeyServers> = {
  kind: 'keyServers',
  defaults: () => ({ keyServers: [], clientCertificate: '', serverCertificate: '' }),
};

const mostServers = 4;
const maxFileBytes = 2 ** 18;
const OfType = object({ certificateType: oneOf('clientCertificate', 'serverCertificate') });
const fileNames: Readonly<Record<Kind, string>> = { clientCertificate: 'client.pem', serverCertificate: 'server.pem' };

function certificateFacts(array: StorageArray, pem: string) {
  if (pem === '') return undefined;
  const { issuer, subject, validFrom, validTo } = new X509Certificate(pem);
  return {
    issuerDN: distinguishedName(issuer),
    subjectDN: distinguishedName(subject),
    start: dateTime(array, Date.parse(validFrom)),
    expire: dateTime(array, Date.parse(validTo)),
  };
}

function view(array: StorageArray): Static<typeof KmsCertificateResponse> {
  const stored = settingsOf(keyServers, { array });
  const client = certificateFacts(array, stored.clientCertificate);
  const server = certificateFacts(array, stored.serverCertificate);
  return {
    keyServers: [...stored.keyServers],
    isClientCertificateAvailable: client !== undefined,
    isServerCertificateAvailable: server !== undefined,
    ...(client && {
      clientKmsType: 'clientCertificate',
      clientExpire: client.expire,
      clientIssuerDN: client.issuerDN,
      clientStart: client.start,
      clientSubjectDN: client.subjectDN,
    }),
    ...(server && {
      serverKmsType: 'serverCertificate',
      serverExpire: server.expire,
      serverIssuerDN: server.issuerDN,
      serverStart: server.start,
      serverSubjectDN: server.subjectDN,
    }),
  };
}

const monthMs = 30 * 86_400_000;

function ageOf(array: StorageArray, pem: string): 'unknown' | 'ok' | 'nearingExpiration' | 'expired' {
  if (pem === '') return 'unknown';
  const leftMs = Date.parse(new X509Certificate(pem).validTo) - array.now();
  return leftMs < 0 ? 'expired' : leftMs < monthMs ? 'nearingExpiration' : 'ok';
}

/** Whether the key servers answer with the certificates that are there. */
function communication(array: StorageArray): Static<typeof KmsTestCommunicationResponse> {
  const { keyServers: servers, clientCertificate, serverCertificate } = settingsOf(keyServers, { array });
  const statusClientCertificate = ageOf(array, clientCertificate);
  const statusServerCertificate = ageOf(array, serverCertificate);
  const isFit = [statusClientCertificate, statusServerCertificate].every(
    (age) => age === 'ok' || age === 'nearingExpiration',
  );
  const shown = servers.map(({ kmsAddress, kmsPort }) => {
    const status: keyof typeof returnCodes = isFit && isReachable(kmsAddress) ? 'ok' : 'error';
    return {
      kmsAddress,
      kmsPort,
      statusLocalController: status,
      statusAlternateController: status,
      statusClientCertificate,
      statusServerCertificate,
    };
  });
  const successful = shown.some(({ statusLocalController }) => statusLocalController === 'ok');
  return { keyServers: shown, successful, returnCode: successful ? 'ok' : 'error' };
}

/** Servers that keep the security key: their addresses, the certificates for them, and the key that they hold. */
export function keyServerRoutes(routes: Routes): void {
  onKeeper(routes, 'getKmsCertificateDetails', { response: KmsCertificateResponse }, ({ array }) => view(array));
  onKeeper(
    routes,
    'updateKmsParameters',
    { body: KmsUpdateRequest, response: KmsCertificateResponse },
    ({ array, body }) => {
      if (body.keyServers.length > mostServers)
        throw refuseField('keyServers', `${body.keyServers.length} servers`, `${mostServers} at most`);
      for (const { kmsAddress, kmsPort } of body.keyServers) {
        if (!/^[\w.:-]{1,255}$/.test(kmsAddress))
          throw refuseField('kmsAddress', kmsAddress, 'an address or a host name');
        if (kmsPort < 1 || kmsPort > 65_535) throw refuseField('kmsPort', kmsPort, 'a port from 1 to 65535');
      }
      changeSettings(keyServers, { array }, { keyServers: body.keyServers }, 'Key servers changed');
      return view(array);
    },
  );
  onKeeper(routes, 'testKmsCommunication', { response: KmsTestCommunicationResponse }, ({ array }) =>
    communication(array),
  );
  kmsCertificateRoutes(routes);
  onKeeper(
    routes,
    'updateKmsSecurityKey',
    { body: KmsUpdateSecurityKeyRequest, response: KmsUpdateSecurityKeyResponse },
    ({ array, body }) => array.transact(() => changeKey(array, body)),
  );
}

function changeKey(
  array: StorageArray,
  { ekmsOption, passPhrase }: Static<typeof KmsUpdateSecurityKeyRequest>,
): Static<typeof KmsUpdateSecurityKeyResponse> {
  const { lockKeyId: oldLockKeyId, isExternal } = securityKeyOf(array);
  if (ekmsOption !== 'enable' && !isExternal)
    throw new RestError('unprocessable', `No key server holds the security key: '${ekmsOption}' needs one.`, [
      'ekmsOption',
    ]);
  if (ekmsOption !== 'disable' && !communication(array).successful)
    throw new RestError('unprocessable', 'No key server answers: test the communication.', ['ekmsOption']);
  const key = setSecurityKey(array, { label: '', passPhrase, isExternal: ekmsOption !== 'disable' });
  if (ekmsOption === 'disable') dropSecurityKey(array);
  const { lockKeyId } = securityKeyOf(array);
  return { ...storePrivateFile(array, `${array.system.label}.slk`, key.file), lockKeyId, oldLockKeyId };
}

function kmsCertificateRoutes(routes: Routes): void {
  const stored = (array: StorageArray, kind: Kind) => {
    const pem = settingsOf(keyServers, { array })[kind];
    if (pem === '') throw new RestError('notFound', `There is no ${kind} for key servers.`);
    return pem;
  };
  onKeeper(routes, 'getCertificateByType', { query: OfType }, ({ array, query: { certificateType } }) =>
    download(keptFile(array, fileNames[certificateType], stored(array, certificateType))),
  );
  onKeeper(
    routes,
    'uploadKmsSignedCertificate',
    { query: OfType, bodyTypes: [formType], bodyLimitBytes: maxFileBytes * 2 },
    ({ array, request, query: { certificateType } }) => {
      const { content } = formFile(request, 'file', maxFileBytes);
      const pem = certificatesIn(content, 'file').map(String).join('');
      changeSettings(
        keyServers,
        { array },
        { [certificateType]: pem },
        `Certificate for key servers installed (${certificateType})`,
      );
    },
  );
  onKeeper(routes, 'removeCertificateFileByType', { query: OfType }, ({ array, query: { certificateType } }) => {
    stored(array, certificateType);
    changeSettings(
      keyServers,
      { array },
      { [certificateType]: '' },
      `Certificate for key servers removed (${certificateType})`,
    );
  });
  onKeeper(
    routes,
    'generateCsrForKms',
    { body: KmsGenerateCsrRequest, response: KmsGenerateCsrResponse },
    async ({ array, body }) => {
      if (!/^[A-Z]{2}$/i.test(body.countryName)) throw refuseField('countryName', body.countryName, 'two letters');
      const named = [
        ['C', body.countryName],
        ['ST', body.stateProvinceName],
        ['L', body.localityName],
        ['O', body.organizationName],
        ['OU', body.organizationalUnitName],
        ['CN', body.commonName],
      ] as const;
      const parts = named.flatMap(([name, value]) => (value ? [{ name, value }] : []));
      const long = parts.find(({ value }) => value.length > 64);
      if (long !== undefined) throw refuseField(long.name, long.value, '64 characters at most');
      const { signingRequest } = await import('./signing.js');
      return storePrivateFile(array, 'key-server.csr', await signingRequest({ parts, altNames: [] }, 2048));
    },
  );
}
