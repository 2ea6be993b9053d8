import { boolean, Int64, integer, list, object, oneOf, text } from './types.js';

/** What clients send and read about SAML: the vendor's definitions, property by property. */

export const SamlRole = object({
  attribute: text(),
  match: text(),
  roles: list(oneOf('security.admin', 'none', 'support.admin', 'storage.monitor', 'storage.admin')),
});

export const SamlIdentityProvider = object({
  id: text(),
  entityId: text(),
  singleSignOnEndpoint: text(),
  singleLogoutEndpoint: text(),
  namedIdFormats: list(text()),
  roles: list(SamlRole),
  signingCertificates: list(text()),
});

export const SamlTestResponse = object({
  status: oneOf('ok', 'failed', 'notRun', 'running', 'missingRequiredRoles'),
  startTime: Int64,
});

export const SamlAuthenticationRedirectResponse = object({
  redirectUrl: text(),
});

export const SamlServiceProvider = object({
  domainName: text(),
  controllerPosition: integer({ minimum: 1, maximum: 2 }),
});

export const SamlConfiguration = object({
  samlEnabled: boolean(),
  identityProviders: list(SamlIdentityProvider),
  serviceProviders: list(SamlServiceProvider),
});

export const SamlRolesRequest = object({
  roles: list(SamlRole),
});

export const SamlLoginRequest = object({
  redirectUrl: text(),
});
