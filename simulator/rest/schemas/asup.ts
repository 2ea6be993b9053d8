import { boolean, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about AutoSupport: the vendor's definitions, property by property. */

const MailAddressDetails = object({
  destinationAddress: optional(text()),
  mailRelayServer: optional(text()),
  mailSenderAddress: optional(text()),
});

const DeviceAsupDelivery = object({
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
  destinationAddressList: optional(list(MailAddressDetails)),
  maxSizeLimitHttps: optional(integer()),
  maxSizeLimitSmtp: optional(integer()),
});

const DeviceAsupSchedule = object({
  dailyMinTime: integer(),
  dailyMaxTime: integer(),
  weeklyMinTime: integer(),
  weeklyMaxTime: integer(),
  daysOfWeek: list(
    oneOf('notSpecified', 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', '__UNDEFINED'),
  ),
});

export const DeviceAsupResponse = object({
  asupCapable: boolean(),
  onDemandCapable: boolean(),
  asupEnabled: boolean(),
  onDemandEnabled: boolean(),
  remoteDiagsEnabled: boolean(),
  delivery: DeviceAsupDelivery,
  destinationAddress: text(),
  schedule: DeviceAsupSchedule,
});

export const DeviceAsupUpdateRequest = object({
  asupEnabled: optional(boolean()),
  onDemandEnabled: optional(boolean()),
  remoteDiagsEnabled: optional(boolean()),
  delivery: optional(DeviceAsupDelivery),
  schedule: optional(DeviceAsupSchedule),
});

export const DeviceAsupDevice = object({
  wwn: text(),
  name: text(),
  asupCapable: boolean(),
  asupEnabled: boolean(),
  onDemandCapable: boolean(),
  scheduled: boolean(),
  dailyScheduleTime: integer(),
  weeklyScheduleTime: integer(),
  weeklyDayOfWeek: oneOf(
    'notSpecified',
    'sunday',
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'saturday',
    '__UNDEFINED',
  ),
  method: oneOf('https', 'http', 'smtp'),
  routingType: oneOf('none', 'direct', 'proxyServer', 'proxyScript'),
});

export const AsupMaintenanceWindowRequest = object({
  maintenanceWindowEnabled: boolean(),
  duration: optional(integer()),
  emailAddresses: list(text()),
});

export const AsupMaintenanceWindowResponse = object({
  maintenanceWindowEnabled: optional(boolean()),
  duration: optional(integer()),
  emailAddresses: optional(list(text())),
});

export const DeviceAsupVerifyRequest = object({
  delivery: DeviceAsupDelivery,
  mailReplyAddress: optional(text()),
});

export const DeviceAsupVerifyResponse = object({
  successful: optional(boolean()),
  errorMessage: optional(text()),
  errorDetails: optional(text()),
  aodAttempted: optional(boolean()),
  aodSuccessful: optional(boolean()),
  aodErrorMessage: optional(text()),
});
