import Type from 'typebox';
import { oneOf } from './types.js';

/** What clients send about trays: the vendor's definitions, property by property. */

export const AutoSupportSmtpConfigurationInput = Type.Object({
  mailServer: Type.Optional(Type.String()),
  mailSenderAddress: Type.Optional(Type.String()),
  mailReplyAddress: Type.Optional(Type.String()),
  emailServerEncryption: Type.Optional(oneOf('none', 'smtps', 'starttls')),
  emailServerPort: Type.Optional(Type.Integer()),
  emailServerUsername: Type.Optional(Type.String()),
  emailServerPassword: Type.Optional(Type.String()),
});

export const AutoSupportConfigRequest = Type.Object({
  autoSupportEnabled: Type.Optional(Type.Boolean()),
  scheduleType: Type.Optional(oneOf('daily', 'weekly', 'monthly')),
  deliveryType: Type.Optional(oneOf('https', 'smtp')),
  smtpConfiguration: Type.Optional(AutoSupportSmtpConfigurationInput),
});
