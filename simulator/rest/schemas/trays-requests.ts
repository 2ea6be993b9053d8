import { boolean, integer, object, oneOf, optional, text } from './types.js';

/** What clients send about trays: the vendor's definitions, property by property. */

export const AutoSupportSmtpConfigurationInput = object({
  mailServer: optional(text()),
  mailSenderAddress: optional(text()),
  mailReplyAddress: optional(text()),
  emailServerEncryption: optional(oneOf('none', 'smtps', 'starttls')),
  emailServerPort: optional(integer()),
  emailServerUsername: optional(text()),
  emailServerPassword: optional(text()),
});

export const AutoSupportConfigRequest = object({
  autoSupportEnabled: optional(boolean()),
  scheduleType: optional(oneOf('daily', 'weekly', 'monthly')),
  deliveryType: optional(oneOf('https', 'smtp')),
  smtpConfiguration: optional(AutoSupportSmtpConfigurationInput),
});
