import { randomBytes } from 'node:crypto';
import { getCiphers } from 'node:tls';
import { isIpv4, isIpv6 } from '../array/ip-addresses.js';
import { configureManagementPort } from '../array/management-ports.js';
import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { changeSettings, onKeeper, refuseField, type StoredSettings, settingsOf, settingsRoutes } from './keeper.js';
import { accessTokenSettings, authenticationSettings, softwareVersion } from './login-settings.js';
import { keepScratchFile } from './private-files.js';
import type { Routes } from './route.js';
import {
  AccessTokenSettings,
  AuthenticationSettings,
  ConfigDowngradeRequest,
  ConfigDowngradeResponse,
  EnableSshMfaRequest,
  EnableSshMfaResponse,
  SessionSettingsResponse,
  Settings,
  SoftwareVersions,
  TlsParamsResponse,
  UpgradeManagerResponse,
} from './schemas/server-settings.js';
import { boolean, object, optional, type Static, text } from './schemas/types.js';

type ServerSettings = NonNullable<Static<typeof Settings>['serverSettings']>;

const server: StoredSettings<ServerSettings> = {
  kind: 'serverSettings',
  defaults: () => ({
    httpResponseHeaders: [],
    relativeRedirectAllowed: true,
    tls13Disabled: false,
    rateLimit: { enabled: false, maxRequestsPerSec: 200, ipExcludeList: [] },
    allowedManagementClients: [],
  }),
};

function checkServer({ rateLimit, allowedManagementClients = [] }: ServerSettings): void {
  const rate = rateLimit?.maxRequestsPerSec;
  if (rate !== undefined && (rate < 50 || rate > 200))
    throw refuseField('maxRequestsPerSec', rate, 'a number from 50 to 200');
  const addresses = [
    ...(rateLimit?.ipExcludeList ?? []).map((address) => ['ipExcludeList', address] as const),
    ...allowedManagementClients.map(({ startIP }) => ['startIP', startIP] as const),
    ...allowedManagementClients.map(({ endIP }) => ['endIP', endIP] as const),
  ];
  for (const [field, address] of addresses)
    if (!isIpv4(address) && !isIpv6(address)) throw refuseField(field, address, 'an IPv4 or IPv6 address');
}

/** Settings of the web server itself. */
export function serverSettingRoutes(routes: Routes): void {
  settingsRoutes(routes, {
    ...server,
    read: 'getSettings',
    write: 'setSettings',
    body: Settings,
    response: Settings,
    event: 'Settings of the web server changed',
    changes: ({ serverSettings = {} }, { rateLimit }) => {
      checkServer(serverSettings);
      return { ...serverSettings, rateLimit: { ...rateLimit, ...serverSettings.rateLimit } };
    },
    view: (serverSettings) => ({ serverSettings }),
  });
  onKeeper(routes, 'getTlsParams', { response: TlsParamsResponse }, (context) => {
    const { tls13Disabled } = settingsOf(server, context);
    const ciphers = getCiphers().map((name) => name.toUpperCase());
    const of13 = (name: string) => name.startsWith('TLS_');
    return {
      protocols: tls13Disabled ? ['TLSv1.2'] : ['TLSv1.2', 'TLSv1.3'],
      ciphers: ciphers.filter((name) => !tls13Disabled || !of13(name)),
    };
  });
  onKeeper(routes, 'get-ClientToken', { response: text() }, () => randomBytes(16).toString('hex'));
  authenticationRoutes(routes);
  sshRoutes(routes);
  symbolPortRoutes(routes);
  softwareRoutes(routes);
}

function authenticationRoutes(routes: Routes): void {
  const { sessions } = routes.environment.authentication;
  const read = ['get-embeddedAuthenticationSettings', 'get-proxyAuthenticationSettings'];
  const write = ['set-embeddedAuthenticationSettings', 'set-proxyAuthenticationSettings'];
  // A login knows no storage system: the settings are those of the server, whichever path leads there.
  const own = ({ array }: { array: StorageArray }) => ({ array, owner: 'station' }) as const;
  onKeeper(routes, read, { response: AuthenticationSettings }, (context) =>
    settingsOf(authenticationSettings, own(context)),
  );
  onKeeper(
    routes,
    write,
    { body: AuthenticationSettings, response: SessionSettingsResponse },
    ({ body, ...context }) => {
      changeSettings(authenticationSettings, own(context), body, 'Authentication settings changed');
      return { minimumSessionInactivePeriod: 0, sessionInactivePeriod: sessions.inactivityMinutes };
    },
  );
  settingsRoutes(routes, {
    ...accessTokenSettings,
    read: 'getAccessTokenSettings',
    write: 'updateAccessTokenSettings',
    body: AccessTokenSettings,
    response: AccessTokenSettings,
    event: 'Access token settings changed',
    changes: ({ maxDuration }) => {
      if (maxDuration < 0) throw refuseField('maxDuration', maxDuration, 'seconds, 0 for no tokens');
      return { maxDuration };
    },
  });
}

interface Ssh {
  readonly mfaEnabled: readonly string[];
  readonly authorizedKeys: string;
}

const ssh: StoredSettings<Ssh> = { kind: 'ssh', defaults: () => ({ mfaEnabled: [], authorizedKeys: '' }) };

function sshView(array: StorageArray): Static<typeof EnableSshMfaResponse> {
  const { mfaEnabled, authorizedKeys } = settingsOf(ssh, { array });
  const enableSshMfa = array.controllers.list().map(({ ref, remoteAccessEnabled }) => ({
    controllerRef: ref,
    mfaEnabled: mfaEnabled.includes(ref),
    enableSsh: remoteAccessEnabled,
  }));
  return { enableSshMfa, authorizedKeys };
}

/** Remote logins to the controllers: whether there are any is the controllers' own setting. */
function sshRoutes(routes: Routes): void {
  onKeeper(routes, 'getMfaEnabled', { response: EnableSshMfaResponse }, ({ array }) => sshView(array));
  onKeeper(
    routes,
    'setMfaEnabled',
    { body: EnableSshMfaRequest, response: EnableSshMfaResponse },
    ({ array, body: { enableSshMfa = [], authorizedKeys } }) =>
      array.transact(() => {
        const enabled = new Set(settingsOf(ssh, { array }).mfaEnabled);
        for (const { controllerRef = '', mfaEnabled, enableSsh } of enableSshMfa) {
          const { ref } = array.controllers.require(controllerRef);
          if (mfaEnabled !== undefined) enabled[mfaEnabled ? 'add' : 'delete'](ref);
          if (enableSsh !== undefined) configureManagementPort(array, ref, { remoteAccessEnabled: enableSsh });
        }
        const changes = { mfaEnabled: [...enabled], ...(authorizedKeys === undefined ? {} : { authorizedKeys }) };
        changeSettings(ssh, { array }, changes, 'SSH multi-factor authentication changed');
        return sshView(array);
      }),
  );
  onKeeper(routes, 'regenerateServerKeys', { status: 204 }, ({ array }) => {
    array.transact(() => array.events.record({ eventType: 0x7500, description: 'SSH server keys regenerated' }));
  });
}

const symbolPort: StoredSettings<{ readonly symbolPortEnabled: boolean }> = {
  kind: 'symbolPort',
  defaults: () => ({ symbolPortEnabled: true }),
};

function symbolPortRoutes(routes: Routes): void {
  onKeeper(routes, 'get-SymbolPortEnabled', { response: object({ symbolPortEnabled: boolean() }) }, (context) =>
    settingsOf(symbolPort, context),
  );
  onKeeper(routes, 'set-SymbolPortEnabled', { body: object({ enable: boolean() }) }, ({ body, ...context }) => {
    const event = `Legacy management port ${body.enable ? 'enabled' : 'disabled'}`;
    changeSettings(symbolPort, context, { symbolPortEnabled: body.enable }, event);
  });
}

const context = 'webservices';

/** The software of the web services: its version, a newer one that waits, restarting, and older configuration files. */
function softwareRoutes(routes: Routes): void {
  const asked = (description: string) => ({ correlationId: `${description}-${randomBytes(8).toString('hex')}` });
  onKeeper(routes, 'get-SoftwareVersions', { response: SoftwareVersions }, ({ array }) => {
    const { current, staged } = settingsOf(softwareVersion, { array, owner: 'station' });
    return {
      stagedVersions: staged === '' ? [] : [{ context, version: staged }],
      currentVersions: [{ context, version: current }],
    };
  });
  onKeeper(
    routes,
    'start-SoftwareDownload',
    { query: object({ force: optional(text()) }), response: UpgradeManagerResponse },
    ({ array }) => {
      const station = { array, owner: 'station' } as const;
      const { current } = settingsOf(softwareVersion, station);
      // Nothing is downloaded: what comes next after the present version stands for what the vendor has.
      const staged = current.replace(/\d+$/, (last) => String(Number(last) + 1).padStart(last.length, '0'));
      changeSettings(softwareVersion, station, { staged }, `Web services ${staged} downloaded`);
      return asked('download');
    },
  );
  onKeeper(routes, 'start-SoftwareReload', { response: UpgradeManagerResponse }, ({ array }) => {
    const station = { array, owner: 'station' } as const;
    const { staged } = settingsOf(softwareVersion, station);
    if (staged === '') throw new RestError('unprocessable', 'No software waits to be loaded: download it first.');
    changeSettings(softwareVersion, station, { current: staged, staged: '' }, `Web services ${staged} loaded`);
    return asked('reload');
  });
  onKeeper(routes, 'restart', {}, () => routes.environment.authentication.sessions.closeAll());
  onKeeper(
    routes,
    'downgradeConfigFile',
    { body: ConfigDowngradeRequest, response: ConfigDowngradeResponse },
    ({ array, body: { currentAdminPassword, configType = 'arrayData' } }) => {
      if (array.passwords.isSet('admin') && !array.passwords.matches('admin', currentAdminPassword))
        throw new RestError('unprocessable', 'The current admin password is wrong.', ['currentAdminPassword']);
      const kinds = { keystore: 'station/certificate', ldapConfig: 'station/ldap', arrayData: 'station/folder' };
      const outputFilename = `${configType}.json`;
      keepScratchFile(array, outputFilename, JSON.stringify(array.documents.list(kinds[configType])));
      return { configType, outputFilename };
    },
  );
}
