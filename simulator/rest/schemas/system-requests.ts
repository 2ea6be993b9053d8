import Type from 'typebox';
import { DeviceAsupScheduleInput } from './snapshots-requests.js';
import { oneOf } from './types.js';

/** What clients send about system: the vendor's definitions, property by property. */

export const AccessTokenSettingsInput = Type.Object({
  maxDuration: Type.Number(),
});

export const KeyValueInput = Type.Object({
  key: Type.Optional(Type.String()),
  valueList: Type.Optional(Type.Array(Type.String())),
});

export const AddStorageSystemRequest = Type.Object({
  id: Type.Optional(Type.String()),
  controllerAddresses: Type.Array(Type.String()),
  acceptCertificate: Type.Optional(Type.Boolean()),
  validate: Type.Optional(Type.Boolean()),
  password: Type.Optional(Type.String()),
  wwn: Type.Optional(Type.String()),
  enableTrace: Type.Optional(Type.Boolean()),
  metaTags: Type.Optional(Type.Array(KeyValueInput)),
});

export const AuditLogConfigurationInput = Type.Object({
  auditLogMaxRecords: Type.Optional(Type.Integer()),
  auditLogLevel: Type.Optional(oneOf('all', 'writeOnly')),
  auditLogFullPolicy: Type.Optional(oneOf('overWrite', 'preventSystemAccess')),
  auditLogWarningThresholdPct: Type.Optional(Type.Integer()),
});

export const MailAddressDetailsInput = Type.Object({
  destinationAddress: Type.Optional(Type.String()),
  mailRelayServer: Type.Optional(Type.String()),
  mailSenderAddress: Type.Optional(Type.String()),
});

export const DeviceAsupDeliveryInput = Type.Object({
  method: oneOf('https', 'smtp'),
  emailServerEncryption: Type.Optional(oneOf('none', 'smtps', 'starttls')),
  emailServerPort: Type.Optional(Type.Integer()),
  emailServerUsername: Type.Optional(Type.String()),
  emailServerPassword: Type.Optional(Type.String()),
  routingType: Type.Optional(oneOf('none', 'direct', 'proxyServer', 'proxyScript')),
  proxyHost: Type.Optional(Type.String()),
  proxyPort: Type.Optional(Type.Integer()),
  proxyUserName: Type.Optional(Type.String()),
  proxyPassword: Type.Optional(Type.String()),
  proxyScript: Type.Optional(Type.String()),
  mailRelayServer: Type.Optional(Type.String()),
  mailSenderAddress: Type.Optional(Type.String()),
  destinationAddressList: Type.Optional(Type.Array(MailAddressDetailsInput)),
  maxSizeLimitHttps: Type.Optional(Type.Integer()),
  maxSizeLimitSmtp: Type.Optional(Type.Integer()),
});

export const DeviceAsupUpdateRequest = Type.Object({
  asupEnabled: Type.Optional(Type.Boolean()),
  onDemandEnabled: Type.Optional(Type.Boolean()),
  remoteDiagsEnabled: Type.Optional(Type.Boolean()),
  delivery: Type.Optional(DeviceAsupDeliveryInput),
  schedule: Type.Optional(DeviceAsupScheduleInput),
});

export const DiscoveryStartRequest = Type.Object({
  startIP: Type.String(),
  endIP: Type.String(),
  useAgents: Type.Optional(Type.Boolean()),
  connectionTimeout: Type.Optional(Type.Integer()),
  maxPortsToUse: Type.Optional(Type.Integer()),
});

export const RuleInput = Type.Object({
  ruleType: oneOf('attribute', 'metadata'),
  key: Type.String(),
  value: Type.String(),
});

export const FolderCreateRequest = Type.Object({
  parentId: Type.Optional(Type.String()),
  name: Type.String(),
  rules: Type.Optional(Type.Array(RuleInput)),
  storageSystemIds: Type.Optional(Type.Array(Type.String())),
});

export const FolderUpdateRequest = Type.Object({
  parentId: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  rules: Type.Optional(Type.Array(RuleInput)),
  storageSystemIds: Type.Optional(Type.Array(Type.String())),
});

export const GenerateAccessTokenRequest = Type.Object({
  duration: Type.Number(),
});

export const LocalUserPasswordRequest = Type.Object({
  userName: Type.String(),
  newPassword: Type.Optional(Type.String()),
});

export const LocalUserRequest = Type.Object({
  currentAdminPassword: Type.Optional(Type.String()),
  updates: Type.Optional(Type.Array(LocalUserPasswordRequest)),
});

export const LocalUsersMinPasswordRequest = Type.Object({
  minimumPasswordLength: Type.Integer(),
});

export const LockoutSettingsInput = Type.Object({
  lockoutMode: Type.Optional(oneOf('ip', 'user')),
  lockoutTime: Type.Optional(Type.Integer()),
  maximumLoginAttempts: Type.Optional(Type.Integer()),
});

export const PasswordSetRequest = Type.Object({
  currentAdminPassword: Type.String(),
  adminPassword: Type.Boolean(),
  newPassword: Type.String(),
});

export const SessionSettings = Type.Object({
  sessionInactivePeriod: Type.Integer(),
});

export const StorageSystemConfigUpdateRequest = Type.Object({
  name: Type.Optional(Type.String()),
});

export const StoredPasswordValidationRequest = Type.Object({
  password: Type.String(),
});

export const UpdateStorageSystemRequest = Type.Object({
  acceptCertificate: Type.Optional(Type.Boolean()),
  storedPassword: Type.Optional(Type.String()),
  metaTags: Type.Optional(Type.Array(KeyValueInput)),
  removeAllTags: Type.Optional(Type.Boolean()),
  enableTrace: Type.Optional(Type.Boolean()),
  controllerAddresses: Type.Optional(Type.Array(Type.String())),
});
