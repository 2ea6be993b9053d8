import type { StorageArray } from '../array/storage-array.js';
import { accountOf, rolesOfAccount } from './accounts.js';
import { RestError } from './errors.js';
import { onKeeper, stationArray } from './keeper.js';
import { readLeniently } from './lenient-schema.js';
import type { Routes } from './route.js';
import { LocalUserInfoResponse, LocalUserResponse, LockoutSettings, PasswordStatusResponse } from './schemas/system.js';
import {
  LocalUserPasswordRequest,
  LocalUsersMinPasswordRequest,
  LockoutSettingsInput,
  PasswordSetRequest,
} from './schemas/system-requests.js';
import { integer, list, object, optional, type Static, text, unknown } from './schemas/types.js';

const UpdateRequest = object({ currentAdminPassword: optional(text()), updates: optional(unknown()) });

/** Changes passwords: one update or a list of them, all or none. */
function updateUsers(array: StorageArray, admin: string, body: Static<typeof UpdateRequest>): void {
  const given = Array.isArray(body.updates) ? body.updates : [body.updates];
  const updates = given.map(
    (update, index) =>
      readLeniently(LocalUserPasswordRequest, update ?? null, `updates[${index}]`) as Static<
        typeof LocalUserPasswordRequest
      >,
  );
  if (array.passwords.isSet('admin') && !array.passwords.matches('admin', body.currentAdminPassword ?? '')) {
    throw new RestError('unprocessable', 'The current admin password is wrong.', ['currentAdminPassword']);
  }
  array.transact(() => {
    for (const { userName, newPassword } of updates) array.passwords.set(accountOf(userName, admin), newPassword ?? '');
  });
}

function usersOf(array: StorageArray, admin: string): object[] {
  return array.passwords.users.map((account) => ({
    userName: account === 'admin' ? admin : account,
    roles: rolesOfAccount.get(account) ?? [],
    passwordSet: array.passwords.isSet(account),
  }));
}

function infoOf(array: StorageArray): object {
  return {
    adminPasswordSet: array.passwords.isSet('admin'),
    minimumPasswordLength: array.system.settings.minimumPasswordLength,
  };
}

const SessionSettings = object({ sessionInactivePeriod: optional(integer({ minimum: 0 })) });

export function userRoutes(routes: Routes): void {
  const { admin } = routes.environment;
  routes.onArray('get-EmbeddedLocalUsers', { response: list(LocalUserResponse) }, ({ array }) => usersOf(array, admin));
  routes.onArray('set-EmbeddedLocalUsers', { body: UpdateRequest }, ({ array, body }) =>
    updateUsers(array, admin, body),
  );
  routes.onArray('get-EmbeddedLocalUsersInfo', { response: LocalUserInfoResponse }, ({ array }) => infoOf(array));
  routes.onArray('set-MinimumPasswordLength', { body: LocalUsersMinPasswordRequest }, ({ array, body }) =>
    array.passwords.setMinimumLength(body.minimumPasswordLength),
  );

  routes.on('get-ProxyLocalUsers', { response: list(LocalUserResponse) }, () => usersOf(stationArray(routes), admin));
  routes.on('set-ProxyLocalUsers', { body: UpdateRequest }, ({ body }) =>
    updateUsers(stationArray(routes), admin, body),
  );
  routes.on('get-ProxyUsersInfo', { response: LocalUserInfoResponse }, () => infoOf(stationArray(routes)));
  routes.on('set-ProxyMinimumPasswordLength', { body: LocalUsersMinPasswordRequest }, ({ body }) =>
    stationArray(routes).passwords.setMinimumLength(body.minimumPasswordLength),
  );

  routes.onArray('get-PasswordStatus', { response: PasswordStatusResponse }, ({ array }) => ({
    adminPasswordSet: array.passwords.isSet('admin'),
    readOnlyPasswordSet: array.passwords.isSet('monitor'),
  }));
  routes.onArray('set-Password', { body: PasswordSetRequest }, ({ array, body }) => {
    if (array.passwords.isSet('admin') && !array.passwords.matches('admin', body.currentAdminPassword)) {
      throw new RestError('unprocessable', 'The current admin password is wrong.', ['currentAdminPassword']);
    }
    array.passwords.set(body.adminPassword ? 'admin' : 'monitor', body.newPassword);
  });
  routes.onArray('validateStorageSystemPassword', {}, () => undefined);
  routes.onArray(
    'validateStoredPassword',
    { body: object({ password: optional(text()) }), bodyOptional: true },
    ({ array, body }) => ({
      isValidPassword:
        !array.passwords.isSet('admin') ||
        (body.password === undefined ? array.passwords.isStoredRight : array.passwords.matches('admin', body.password)),
    }),
  );
  loginSettingRoutes(routes);
}

/** How logins are guarded: of the server, though a storage system's path leads there too. */
function loginSettingRoutes(routes: Routes): void {
  const { lockout, sessions } = routes.environment.authentication;
  for (const [get, set] of [
    ['get-lockoutSettings', 'set-lockoutSettings'],
    ['get-proxyLockoutSettings', 'set-proxyLockoutSettings'],
  ] as const) {
    onKeeper(routes, get, { response: LockoutSettings }, () => lockout);
    onKeeper(routes, set, { body: LockoutSettingsInput, response: LockoutSettings }, ({ body }) => {
      for (const field of ['lockoutTime', 'maximumLoginAttempts'] as const) {
        const value = body[field];
        if (value !== undefined && value < 1)
          throw new RestError('invalidField', `The ${field} is ${value}: allowed are whole numbers above 0.`, [field]);
      }
      lockout.lockoutTime = body.lockoutTime ?? lockout.lockoutTime;
      lockout.maximumLoginAttempts = body.maximumLoginAttempts ?? lockout.maximumLoginAttempts;
      if (body.lockoutMode === 'ip' || body.lockoutMode === 'user') lockout.lockoutMode = body.lockoutMode;
      return lockout;
    });
  }
  const sessionView = () => ({ minimumSessionInactivePeriod: 0, sessionInactivePeriod: sessions.inactivityMinutes });
  for (const [get, set] of [
    ['get-embeddedSessionSettings', 'set-embeddedSessionSettings'],
    ['get-proxySessionSettings', 'set-proxySessionSettings'],
  ] as const) {
    onKeeper(routes, get, {}, sessionView);
    onKeeper(routes, set, { body: SessionSettings }, ({ body }) => {
      sessions.inactivityMinutes = body.sessionInactivePeriod ?? sessions.inactivityMinutes;
      return sessionView();
    });
  }
}
