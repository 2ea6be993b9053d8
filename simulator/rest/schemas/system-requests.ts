import { DeviceAsupScheduleInput } from './snapshots-requests.js';
import { boolean, integer, list, number, object, oneOf, optional, text } from './types.js';

/** What clients send about system: the vendor's definitions, property by property. */

export const AccessTokenSettingsInput = object({
  maxDuration: number(),
});

export const KeyValueInput = object({
  key: optional(text()),
  valueList: optional(list(text())),
});

export const AddStorageSystemRequest = object({
  id: optional(text()),
  controllerAddresses: list(text()),
  acceptCertificate: optional(boolean()),
  validate: optional(boolean()),
  password: optional(text()),
  wwn: optional(text()),
  enableTrace: optional(boolean()),
  metaTags: optional(list(KeyValueInput)),
});

export const AuditLogConfigurationInput = object({
  auditLogMaxRecords: optional(integer()),
  auditLogLevel: optional(oneOf('all', 'writeOnly')),
  auditLogFullPolicy: optional(oneOf('overWrite', 'preventSystemAccess')),
  auditLogWarningThresholdPct: optional(integer()),
});

export const MailAddressDetailsInput = object({
  destinationAddress: optional(text()),
  mailRelayServer: optional(text()),
  mailSenderAddress: optional(text()),
});

export const DeviceAsupDeliveryInput = object({
  method: oneOf('https', 'smtp'),
  emailServerEncryption: optional(oneOf('none', 'smtps', 'starttls')),
  emailServerPort: optional(integer()),
  emailServerUsername: optional(text()),
  emailServerPassword: optional(text()),
  routingType: optional(oneOf('none', 'direct', 'proxyServer', 'proxyScript')),
  proxyHost: optional(text()),
  proxyPort: optional(integer()),
  proxyUserName: optional(text()),
  proxyPassword: optional(text()),
  proxyScript: optional(text()),
  mailRelayServer: optional(text()),
  mailSenderAddress: optional(text()),
  destinationAddressList: optional(list(MailAddressDetailsInput)),
  maxSizeLimitHttps: optional(integer()),
  maxSizeLimitSmtp: optional(integer()),
});

export const DeviceAsupUpdateRequest = object({
  asupEnabled: optional(boolean()),
  onDemandEnabled: optional(boolean()),
  remoteDiagsEnabled: optional(boolean()),
  delivery: optional(DeviceAsupDeliveryInput),
  schedule: optional(DeviceAsupScheduleInput),
});

export const DiscoveryStartRequest = object({
  startIP: text(),
  endIP: text(),
  useAgents: optional(boolean()),
  connectionTimeout: optional(integer()),
  maxPortsToUse: optional(integer()),
});

export const RuleInput = object({
  ruleType: oneOf('attribute', 'metadata'),
  key: text(),
  value: text(),
});

export const FolderCreateRequest = object({
  parentId: optional(text()),
  name: text(),
  rules: optional(list(RuleInput)),
  storageSystemIds: optional(list(text())),
});

export const FolderUpdateRequest = object({
  parentId: optional(text()),
  name: optional(text()),
  rules: optional(list(RuleInput)),
  storageSystemIds: optional(list(text())),
});

export const GenerateAccessTokenRequest = object({
  duration: number(),
});

export const LocalUserPasswordRequest = object({
  userName: text(),
  newPassword: optional(text()),
});

export const LocalUserRequest = object({
  currentAdminPassword: optional(text()),
  updates: optional(list(LocalUserPasswordRequest)),
});

export const LocalUsersMinPasswordRequest = object({
  minimumPasswordLength: integer(),
});

export const LockoutSettingsInput = object({
  lockoutMode: optional(oneOf('ip', 'user')),
  lockoutTime: optional(integer()),
  maximumLoginAttempts: optional(integer()),
});

export const PasswordSetRequest = object({
  currentAdminPassword: text(),
  adminPassword: boolean(),
  newPassword: text(),
});

export const SessionSettings = object({
  sessionInactivePeriod: integer(),
});

export const StorageSystemConfigUpdateRequest = object({
  name: optional(text()),
});

export const StoredPasswordValidationRequest = object({
  password: text(),
});

export const UpdateStorageSystemRequest = object({
  acceptCertificate: optional(boolean()),
  storedPassword: optional(text()),
  metaTags: optional(list(KeyValueInput)),
  removeAllTags: optional(boolean()),
  enableTrace: optional(boolean()),
  controllerAddresses: optional(list(text())),
});
