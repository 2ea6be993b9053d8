import { randomBytes } from 'node:crypto';
import type { StorageArray } from '../array/storage-array.js';
import { formType } from '../http/body.js';
import { HttpResponse, json } from '../http/messages.js';
import { RestError } from './errors.js';
import { formFile } from './form-file.js';
import { changeSettings, onKeeper, refuseField, type StoredSettings, settingsOf } from './keeper.js';
import { storePrivateFile } from './private-files.js';
import { isReachable } from './remote-hosts.js';
import type { Routes } from './route.js';
import { PrivateFileInfo } from './schemas/files.js';
import {
  SamlAuthenticationRedirectResponse,
  SamlConfiguration,
  SamlIdentityProvider,
  SamlLoginRequest,
  SamlRole,
  SamlRolesRequest,
  SamlServiceProvider,
  SamlTestResponse,
} from './schemas/saml.js';
import { boolean, list, object, optional, type Static } from './schemas/types.js';

type Provider = Static<typeof SamlIdentityProvider>;
type TestResult = Static<typeof SamlTestResponse>;

const maxMetadataBytes = 2 ** 20;
const providers = 'array/samlProvider';
const tests = 'array/samlTest';

const saml: StoredSettings<{
  readonly samlEnabled: boolean;
  readonly serviceProviders: readonly Static<typeof SamlServiceProvider>[];
}> = { kind: 'saml', defaults: () => ({ samlEnabled: false, serviceProviders: [] }) };

const Redirect = object({ redirect: optional(boolean()) });

/** The first value of an attribute of the first element with a name, whatever its namespace is called. */
function attribute(xml: string, element: string, name: string): string {
  const tag = new RegExp(`<(?:[\\w-]+:)?${element}\\b[^<>]*>`).exec(xml)?.[0] ?? '';
  return new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? '';
}

function contents(xml: string, element: string): string[] {
  const found = xml.matchAll(new RegExp(`<(?:[\\w-]+:)?${element}\\b[^<>]*>([^<]*)<`, 'g'));
  return [...found].map(([, content = '']) => content.replace(/\s+/g, ''));
}

/** An identity provider by its metadata (SAML 2.0). Throws RestError for a file that is none. */
function providerOf(metadata: string, id: string): Provider {
  const entityId = attribute(metadata, 'EntityDescriptor', 'entityID');
  const singleSignOnEndpoint = attribute(metadata, 'SingleSignOnService', 'Location');
  if (entityId === '' || singleSignOnEndpoint === '')
    throw new RestError(
      'unprocessable',
      'The file is no metadata of an identity provider: an EntityDescriptor with a SingleSignOnService is expected.',
      ['idpMetadata'],
    );
  return {
    id,
    entityId,
    singleSignOnEndpoint,
    singleLogoutEndpoint: attribute(metadata, 'SingleLogoutService', 'Location'),
    namedIdFormats: contents(metadata, 'NameIDFormat'),
    roles: [],
    signingCertificates: contents(metadata, 'X509Certificate'),
  };
}

function requireProvider(array: StorageArray, id: string): Provider {
  return array.documents.require<Provider>(providers, id, 'identity provider');
}

/** Where a browser is to go to log in; the request is a stand-in: nothing of it is signed. */
function redirectTo({ singleSignOnEndpoint }: Provider, redirect: boolean): HttpResponse {
  const separator = singleSignOnEndpoint.includes('?') ? '&' : '?';
  const redirectUrl = `${singleSignOnEndpoint}${separator}SAMLRequest=${randomBytes(16).toString('hex')}`;
  return redirect ? new HttpResponse(303, [['location', redirectUrl]]) : json({ redirectUrl });
}

/** SAML: identity providers are kept and shown; nobody logs in by them. */
export function samlRoutes(routes: Routes): void {
  onKeeper(routes, 'getSamlData', { response: SamlConfiguration }, ({ array }) => ({
    ...settingsOf(saml, { array }),
    identityProviders: array.documents.list<Provider>(providers),
  }));
  onKeeper(
    routes,
    'uploadSamlImportFile',
    { bodyTypes: [formType], bodyLimitBytes: maxMetadataBytes * 2, response: SamlIdentityProvider },
    ({ array, request }) => {
      const { content } = formFile(request, 'idpMetadata', maxMetadataBytes);
      // There is one identity provider: importing another takes its place.
      return array.documents.put(providers, '1', providerOf(content.toString(), '1'), 'Identity provider imported');
    },
  );
  onKeeper(routes, 'getSamlConfiguration', { response: SamlIdentityProvider }, ({ array, id }) =>
    requireProvider(array, id),
  );
  onKeeper(routes, 'deleteSamlConfiguration', {}, ({ array, id }) => {
    requireProvider(array, id);
    array.transact(() => {
      array.documents.delete(tests, id);
      array.documents.delete(providers, id, 'Identity provider removed');
      changeSettings(saml, { array }, { samlEnabled: false });
    });
  });
  onKeeper(routes, 'getSamlRoles', { response: list(SamlRole) }, ({ array, id }) => requireProvider(array, id).roles);
  onKeeper(routes, 'updateSamlRoles', { body: SamlRolesRequest, response: list(SamlRole) }, ({ array, id, body }) => {
    const provider = requireProvider(array, id);
    for (const { match } of body.roles) checkPattern(match);
    return array.documents.put(providers, id, { ...provider, roles: body.roles }, 'SAML roles changed').roles;
  });
  onKeeper(routes, 'getSamlExportFile', { body: SamlServiceProvider, response: PrivateFileInfo }, ({ array, body }) => {
    const entityId = `https://${body.domainName}/devmgr/v2`;
    changeSettings(saml, { array }, { serviceProviders: [body] }, 'SAML metadata exported');
    const xml = `<?xml version="1.0"?>\n<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escaped(entityId)}"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escaped(entityId)}/saml/acs" index="0"/></md:SPSSODescriptor></md:EntityDescriptor>\n`;
    return storePrivateFile(array, 'sp-metadata.xml', xml);
  });
  samlTestRoutes(routes);
  samlLoginRoutes(routes);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function checkPattern(pattern: string): void {
  try {
    new RegExp(pattern);
  } catch {
    throw refuseField('match', pattern, 'a regular expression');
  }
}

/** How a test ends: a provider that answers has to have a role for security administrators. */
function testResult(array: StorageArray, { singleSignOnEndpoint, roles }: Provider): TestResult {
  const startTime = String(array.now());
  if (!isReachable(singleSignOnEndpoint)) return { status: 'failed', startTime };
  const isSecured = roles.some((role) => role.roles.includes('security.admin'));
  return { status: isSecured ? 'ok' : 'missingRequiredRoles', startTime };
}

function samlTestRoutes(routes: Routes): void {
  onKeeper(
    routes,
    'startSamlTest',
    { query: Redirect, response: SamlAuthenticationRedirectResponse },
    ({ array, id, query }) => {
      const provider = requireProvider(array, id);
      array.documents.put(tests, id, testResult(array, provider));
      return redirectTo(provider, query.redirect ?? true);
    },
  );
  onKeeper(routes, 'getSamlTest', { response: SamlTestResponse }, ({ array, id }) => {
    requireProvider(array, id);
    return array.documents.find<TestResult>(tests, id) ?? { status: 'notRun', startTime: '0' };
  });
  onKeeper(routes, 'deleteSamlTestResults', {}, ({ array, id }) => {
    requireProvider(array, id);
    array.documents.delete(tests, id);
  });
}

function samlLoginRoutes(routes: Routes): void {
  onKeeper(routes, 'samlEnable', { status: 204 }, ({ array }) => {
    const [provider] = array.documents.list<Provider>(providers);
    if (provider === undefined) throw new RestError('notFound', 'There is no identity provider to log in by.');
    const { status } = array.documents.find<TestResult>(tests, provider.id) ?? { status: 'notRun' };
    if (status !== 'ok')
      throw new RestError(
        'unprocessable',
        `The test of identity provider '${provider.id}' is ${status}: it has to be ok.`,
      );
    changeSettings(saml, { array }, { samlEnabled: true }, 'SAML authentication enabled');
  });
  onKeeper(
    routes,
    'performSamlLogin',
    { body: SamlLoginRequest, query: Redirect, response: SamlAuthenticationRedirectResponse },
    ({ array, query }) => {
      const [provider] = array.documents.list<Provider>(providers);
      if (provider === undefined || !settingsOf(saml, { array }).samlEnabled)
        throw new RestError('unprocessable', 'SAML authentication is not enabled: log in with a name and a password.');
      return redirectTo(provider, query.redirect ?? true);
    },
  );
}
