import type { StorageSystems } from './array/storage-systems.js';
import { OptionError } from './options.js';
import { accountOf, rolesOfAccount } from './rest/accounts.js';
import type { UserDirectory } from './rest/authentication.js';
import { settingsOf } from './rest/keeper.js';
import { authenticationSettings } from './rest/login-settings.js';

/** Users of the proxy from before it had accounts, by the account whose rights they have. */
const proxyUsers: ReadonlyMap<string, string> = new Map([
  ['rw', 'admin'],
  ['ro', 'monitor'],
]);

/**
 * The users are the first array's; the administrator may have another name. In proxy mode there are `rw` and `ro` too:
 * with the administrator's password, and with their own names while that password is the one of a new array.
 */
export function userDirectory(systems: StorageSystems, mode: 'embedded' | 'proxy', admin: string): UserDirectory {
  const passwords = () => systems.list().find((system) => system.array !== null)?.array?.passwords;
  const proxyAccount = (user: string) => (mode === 'proxy' ? proxyUsers.get(user) : undefined);
  return {
    matches(user, password) {
      if (proxyAccount(user) === undefined) return passwords()?.matches(accountOf(user, admin), password) ?? false;
      if (passwords()?.matches('admin', password)) return true;
      return password === user && (passwords()?.matches('admin', 'admin') ?? false);
    },
    rolesOf: (user) => rolesOfAccount.get(proxyAccount(user) ?? accountOf(user, admin)) ?? [],
    credentialOf: (user) =>
      passwords()?.credentialOf(proxyAccount(user) === undefined ? accountOf(user, admin) : 'admin'),
    get epoch() {
      return passwords()?.epoch;
    },
    get refusesBasic() {
      const array = systems.list().find((system) => system.array !== null)?.array;
      return (
        array != null && settingsOf(authenticationSettings, { array, owner: 'station' }).disableBasicAuthentication
      );
    },
  };
}

/** Throws OptionError for an administrator's name that cannot be. */
export function checkAdmin(admin: string): void {
  const others = [...rolesOfAccount.keys(), ...proxyUsers.keys()].filter((name) => name !== 'admin');
  if (admin === '' || admin.includes(':') || others.includes(admin))
    throw new OptionError(
      `--user '${admin}' is not possible: allowed is a name without ':' that is none of ${others.join(', ')}`,
    );
}
