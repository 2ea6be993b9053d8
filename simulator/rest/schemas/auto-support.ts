import { PrivateFileInfo } from './files.js';
import { boolean, Int64, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about AutoSupport of a proxy: the vendor's definitions, property by property. */

export const AutoSupportRequest = object({
  operationType: oneOf('collect', 'collectAndDispatch'),
  dispatchType: oneOf('daily', 'weekly', 'monthly', 'manual', 'test'),
});

export const AutoSupportAsyncResponse = object({
  jobId: text(),
  operationType: oneOf('collect', 'collectAndDispatch'),
  dispatchType: oneOf('daily', 'weekly', 'monthly', 'manual', 'test'),
});

export const AutoSupportStatusResponse = object({
  id: text(),
  operationType: oneOf('collect', 'collectAndDispatch'),
  dispatchType: oneOf('daily', 'weekly', 'monthly', 'manual', 'test'),
  status: oneOf('notStarted', 'inProgress', 'completed', 'failed'),
  dispatchStatus: oneOf(
    'ok',
    'autoSupportFeatureNotEnabled',
    'failed',
    'invalidHostUploadUrl',
    'proxyError',
    'bundleNotFound',
    'invalidProtocol',
    'unsupportedEncoding',
    'socketTimeout',
    'socketIoError',
    'sessionFailed',
    'sendMessageFailed',
    'sendHandshakeFailed',
    'unknownError',
  ),
  bundleFile: PrivateFileInfo,
  errorMessage: text(),
});

const AutoSupportSmtpConfiguration = object({
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
  smtpConfiguration: optional(AutoSupportSmtpConfiguration),
});

export const AutoSupportConfigResponse = object({
  autoSupportEnabled: optional(boolean()),
  scheduleType: optional(oneOf('daily', 'weekly', 'monthly')),
  scheduledDays: optional(list(oneOf('sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'))),
  deliveryType: optional(oneOf('https', 'smtp')),
  httpDeliveryType: optional(oneOf('direct')),
  smtpConfiguration: optional(AutoSupportSmtpConfiguration),
  sequenceNumber: optional(Int64),
});
