import { type Role, rolesOf } from './operations.js';

/** The array's local users, by the account that each is, with their roles. */
export const rolesOfAccount: ReadonlyMap<string, readonly Role[]> = new Map([
  ['admin', rolesOf('root+storage+monitor+security+support')],
  ['storage', rolesOf('storage+monitor')],
  ['security', rolesOf('security+monitor')],
  ['support', rolesOf('support+monitor')],
  ['monitor', rolesOf('monitor')],
]);

/** The account of a user; the administrator may have another name, and 'admin' is then the name of no user. */
export function accountOf(user: string, admin: string): string {
  if (user === admin) return 'admin';
  return user === 'admin' ? '' : user;
}
