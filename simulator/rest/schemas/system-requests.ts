import { boolean, integer, list, number, object, oneOf, optional, text } from './types.js';

/** What clients send about system: the vendor's definitions, property by property. */

const KeyValueInput = object({
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

export const GenerateAccessTokenRequest = object({
  duration: number(),
});

export const LocalUserPasswordRequest = object({
  userName: text(),
  newPassword: optional(text()),
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

export const UpdateStorageSystemRequest = object({
  acceptCertificate: optional(boolean()),
  storedPassword: optional(text()),
  metaTags: optional(list(KeyValueInput)),
  removeAllTags: optional(boolean()),
  enableTrace: optional(boolean()),
  controllerAddresses: optional(list(text())),
});
