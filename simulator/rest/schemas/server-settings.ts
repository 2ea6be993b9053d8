import { boolean, integer, list, number, object, oneOf, optional, text } from './types.js';

/** What clients send and read about the web server's settings: the vendor's definitions, property by property. */

const HttpResponseHeader = object({
  header: optional(oneOf('xFrameOptions')),
  value: optional(text()),
  baseUrlPath: optional(text()),
});

const RateLimitSettings = object({
  enabled: optional(boolean()),
  maxRequestsPerSec: optional(integer()),
  ipExcludeList: optional(list(text())),
});

const IpRange = object({
  startIP: text(),
  endIP: text(),
});

const ServerSettings = object({
  httpResponseHeaders: optional(list(HttpResponseHeader)),
  relativeRedirectAllowed: optional(boolean()),
  tls13Disabled: optional(boolean()),
  rateLimit: optional(RateLimitSettings),
  allowedManagementClients: optional(list(IpRange)),
});

export const Settings = object({
  serverSettings: optional(ServerSettings),
});

export const TlsParamsResponse = object({
  protocols: optional(list(text())),
  ciphers: optional(list(text())),
});

const SshMfaEnablement = object({
  controllerRef: optional(text()),
  mfaEnabled: optional(boolean()),
  enableSsh: optional(boolean()),
});

export const EnableSshMfaResponse = object({
  enableSshMfa: optional(list(SshMfaEnablement)),
  authorizedKeys: optional(text()),
});

export const EnableSshMfaRequest = object({
  enableSshMfa: optional(list(SshMfaEnablement)),
  authorizedKeys: optional(text()),
});

export const AuthenticationSettings = object({
  disableBasicAuthentication: boolean(),
});

export const SessionSettingsResponse = object({
  minimumSessionInactivePeriod: integer(),
  sessionInactivePeriod: integer(),
});

export const AccessTokenSettings = object({
  maxDuration: number(),
});

export const ConfigDowngradeRequest = object({
  currentAdminPassword: text(),
  configType: optional(oneOf('keystore', 'ldapConfig', 'arrayData')),
});

export const ConfigDowngradeResponse = object({
  configType: optional(oneOf('keystore', 'ldapConfig', 'arrayData')),
  outputFilename: optional(text()),
});

const SoftwareVersion = object({
  context: text(),
  version: text(),
});

export const SoftwareVersions = object({
  stagedVersions: list(SoftwareVersion),
  currentVersions: list(SoftwareVersion),
});

export const UpgradeManagerResponse = object({
  correlationId: text(),
});
