import {
  type KeeperContext,
  onKeeper,
  refuseField,
  type StoredSettings,
  settingsOf,
  settingsRoutes,
} from './keeper.js';
import { isReachable } from './remote-hosts.js';
import type { Routes } from './route.js';
import { boolean, integer, list, object, oneOf, optional, type Static, text } from './schemas/types.js';

const Encryption = oneOf('none', 'smtps', 'starttls');

const AlertConfiguration = object({
  alertingEnabled: boolean(),
  emailServerAddress: text(),
  emailServerEncryption: optional(Encryption),
  emailServerPort: optional(integer({ minimum: 1, maximum: 65_535 })),
  emailServerUsername: optional(text()),
  emailServerPassword: optional(text()),
  emailSenderAddress: text(),
  sendAdditionalContactInformation: boolean(),
  additionalContactInformation: optional(text()),
  recipientEmailAddresses: list(text()),
});

const SyslogReceiver = object({ serverName: text(), portNumber: integer({ minimum: 1, maximum: 65_535 }) });

const AlertSyslog = object({
  syslogReceivers: list(SyslogReceiver),
  defaultFacility: integer({ minimum: 0, maximum: 23 }),
  defaultTag: text(),
  syslogFormat: optional(oneOf('rfc3164', 'rfc5424')),
});

type Alerts = Static<typeof AlertConfiguration>;
type Syslog = Static<typeof AlertSyslog>;

/** As many receivers of either kind as an array has (source: vendor's manual). */
const mostReceivers = { email: 20, syslog: 5 } as const;

const alerts: StoredSettings<Alerts> = {
  kind: 'deviceAlerts',
  defaults: () => ({
    alertingEnabled: false,
    emailServerAddress: '',
    emailServerEncryption: 'none',
    emailServerPort: 25,
    emailSenderAddress: '',
    sendAdditionalContactInformation: false,
    additionalContactInformation: '',
    recipientEmailAddresses: [],
  }),
};

const alertSyslog: StoredSettings<Syslog> = {
  kind: 'alertSyslog',
  defaults: () => ({ syslogReceivers: [], defaultFacility: 3, defaultTag: 'StorageArray', syslogFormat: 'rfc3164' }),
};

const isAddress = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text);

function checkedAlerts(wanted: Alerts): Alerts {
  const { alertingEnabled, emailServerAddress, emailSenderAddress, recipientEmailAddresses: recipients } = wanted;
  const wrong = recipients.find((each) => !isAddress(each));
  if (wrong !== undefined) throw refuseField('recipientEmailAddresses', wrong, 'e-mail addresses');
  if (recipients.length > mostReceivers.email)
    throw refuseField('recipientEmailAddresses', recipients.length, `${mostReceivers.email} addresses at most`);
  if (emailSenderAddress !== '' && !isAddress(emailSenderAddress))
    throw refuseField('emailSenderAddress', emailSenderAddress, 'an e-mail address');
  if (alertingEnabled && emailServerAddress === '')
    throw refuseField('emailServerAddress', emailServerAddress, 'the mail server, which alerts need');
  if (alertingEnabled && emailSenderAddress === '')
    throw refuseField('emailSenderAddress', emailSenderAddress, 'the sender, which alerts need');
  if (alertingEnabled && recipients.length === 0)
    throw refuseField('recipientEmailAddresses', recipients, 'one recipient at least, which alerts need');
  // A password is only taken: nothing shows it, and no mail is sent with it.
  const { emailServerPassword: _secret, ...rest } = wanted;
  return rest;
}

/** How sending a test would end: no mail leaves the simulator, see remote-hosts.ts. */
function emailTest(settings: Alerts) {
  if (settings.emailServerAddress === '') return 'invalidEmailServerConfigured';
  if (settings.emailSenderAddress === '') return 'invalidEmailSenderAddressConfigured';
  if (settings.recipientEmailAddresses.length === 0) return 'invalidRecipientAddressConfigured';
  return isReachable(settings.emailServerAddress) ? 'emailSentOK' : 'smtpConnectionError';
}

/** Whom the array tells of what needs attention: by e-mail, and by syslog. */
export function alertRoutes(routes: Routes): void {
  settingsRoutes(routes, {
    ...alerts,
    read: 'get-AlertConfiguration',
    write: 'update-AlertConfiguration',
    body: AlertConfiguration,
    response: AlertConfiguration,
    event: 'E-mail alert settings changed',
    changes: checkedAlerts,
  });
  const EmailTest = object({ response: text(), emailSendErrorString: text() });
  routes.onArray('test-AlertEmail', { response: EmailTest }, ({ array }) => {
    const settings = settingsOf(alerts, { array });
    const response = emailTest(settings);
    const failed = response !== 'emailSentOK';
    return { response, emailSendErrorString: failed ? `'${settings.emailServerAddress}' takes no mail` : '' };
  });
  settingsRoutes(routes, {
    ...alertSyslog,
    read: 'get-SyslogConfiguration',
    write: 'set-SyslogConfiguration',
    body: AlertSyslog,
    response: AlertSyslog,
    event: 'Syslog alert settings changed',
    changes: (wanted) => {
      const { syslogReceivers: receivers } = wanted;
      if (receivers.length > mostReceivers.syslog)
        throw refuseField('syslogReceivers', receivers.length, `${mostReceivers.syslog} receivers at most`);
      if (receivers.some(({ serverName }) => serverName === ''))
        throw refuseField('serverName', '', 'the name or address of a host');
      return wanted;
    },
  });
  const SyslogTest = object({ response: oneOf('syslogSentOK', 'noSyslogReceiversConfigured', 'syslogSendFailed') });
  routes.onArray('test-SyslogSend', { response: SyslogTest }, ({ array }) => {
    const { syslogReceivers: receivers } = settingsOf(alertSyslog, { array });
    if (receivers.length === 0) return { response: 'noSyslogReceiversConfigured' };
    const reached = receivers.every(({ serverName }) => isReachable(serverName));
    return { response: reached ? 'syslogSentOK' : 'syslogSendFailed' };
  });
  syslogServerRoutes(routes);
}

const Protocol = oneOf('udp', 'tcp', 'tls');
const Component = object({ type: oneOf('auditLog') });
const port = integer({ minimum: 1, maximum: 65_535 });
const SyslogServer = object({
  id: text(),
  serverAddress: text(),
  port,
  protocol: Protocol,
  components: list(Component),
});
const NewServer = object({
  serverAddress: text(),
  port: optional(port),
  protocol: optional(Protocol),
  components: list(Component),
});
const ServerChanges = object({
  serverAddress: optional(text()),
  port: optional(port),
  protocol: optional(Protocol),
  components: optional(list(Component)),
});

type Server = Static<typeof SyslogServer>;

const servers = 'array/syslogServer';
const ports = { udp: 514, tcp: 514, tls: 6514 } as const;

/** Servers that the audit log goes to. */
function syslogServerRoutes(routes: Routes): void {
  const require = ({ array }: Pick<KeeperContext<undefined, undefined>, 'array'>, id: string) =>
    array.documents.require<Server>(servers, id, 'syslog server');
  const put = ({ array }: Pick<KeeperContext<undefined, undefined>, 'array'>, server: Server, what: string) => {
    if (server.serverAddress === '') throw refuseField('serverAddress', '', 'the name or address of a host');
    return array.documents.put(servers, server.id, server, `Syslog server ${server.serverAddress} ${what}`);
  };
  const response = { response: SyslogServer };
  onKeeper(routes, 'get-SyslogServers', { response: list(SyslogServer) }, ({ array }) =>
    array.documents.list<Server>(servers),
  );
  onKeeper(routes, 'createSyslogServer', { ...response, body: NewServer }, (context) => {
    const { protocol = 'udp', ...body } = context.body;
    const id = context.array.transact(() => String(context.array.takeCounter('job')));
    return put(context, { id, protocol, port: ports[protocol], ...body }, 'added');
  });
  onKeeper(routes, 'get-SyslogServer', response, (context) => require(context, context.id));
  onKeeper(routes, 'updateSyslogServer', { ...response, body: ServerChanges }, (context) =>
    put(context, { ...require(context, context.id), ...context.body }, 'changed'),
  );
  onKeeper(routes, 'delete-SyslogServer', {}, (context) => {
    const { serverAddress } = require(context, context.id);
    context.array.documents.delete(servers, context.id, `Syslog server ${serverAddress} removed`);
  });
  onKeeper(routes, 'test-SyslogServerSend', {}, (context) => {
    const { serverAddress } = require(context, context.id);
    if (!isReachable(serverAddress)) throw refuseField('serverAddress', serverAddress, 'a host that answers');
  });
}
