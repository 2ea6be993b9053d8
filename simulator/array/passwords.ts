import { ArrayError } from './errors.js';
import type { StorageArray } from './storage-array.js';

/** The array's local users: admin, storage, security, support and monitor, each with a password or none. */
export class Passwords {
  constructor(private readonly array: StorageArray) {}

  get users(): string[] {
    return Object.keys(this.array.system.passwords);
  }

  isSet(user: string): boolean {
    return (this.array.system.passwords[user] ?? '') !== '';
  }

  /** Whether the password is the user's. A user without one cannot log in. */
  matches(user: string, password: string): boolean {
    return this.isSet(user) && sameText(this.array.system.passwords[user] ?? '', password);
  }

  set(user: string, password: string): void {
    this.array.transact(() => {
      const { passwords, settings } = this.array.system;
      if (!(user in passwords))
        throw new ArrayError(
          'illegalParam',
          `There is no local user '${user}': known are ${this.users.join(', ')}.`,
          'userName',
        );
      if (password.length > 30)
        throw new ArrayError(
          'authFailParam',
          `The password has ${password.length} characters: allowed are up to 30.`,
          'newPassword',
        );
      if (password.length < settings.minimumPasswordLength) {
        throw new ArrayError(
          'authFailParam',
          `The password has ${password.length} characters: allowed are at least ${settings.minimumPasswordLength}.`,
          'newPassword',
        );
      }
      this.array.patchSystem({ passwords: { ...passwords, [user]: password } });
    });
  }

  setMinimumLength(length: number): void {
    if (!Number.isInteger(length) || length < 0 || length > 30) {
      throw new ArrayError(
        'illegalParam',
        `The minimum password length is ${length}: allowed are 0 to 30.`,
        'minimumPasswordLength',
      );
    }
    this.array.transact(() =>
      this.array.patchSystem({ settings: { ...this.array.system.settings, minimumPasswordLength: length } }),
    );
  }

  /** What a management station says the password is. Throws ArrayError authFailPassword when it is wrong. */
  store(password: string | null): void {
    this.array.transact(() => {
      if (password !== null && password !== '' && this.isSet('admin') && !this.matches('admin', password)) {
        throw new ArrayError(
          'authFailPassword',
          'The stored password is not the password of this storage system.',
          'storedPassword',
        );
      }
      this.array.patchSystem({ storedPassword: password, passwordStatus: 'valid' });
    });
  }
}

/** Compares in a time that does not depend on where texts differ. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i % Math.max(1, b.length));
  return difference === 0;
}
