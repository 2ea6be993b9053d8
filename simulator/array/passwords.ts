import { ArrayError } from './errors.js';
import { isHash, isPassword } from './password-hash.js';
import type { StorageArray } from './storage-array.js';

/** The array's local users: admin, storage, security, support and monitor, each with a password or none. */
export class Passwords {
  constructor(private readonly array: StorageArray) {}

  get users(): string[] {
    return Object.keys(this.array.system.passwords);
  }

  /** Another object after any password changed. */
  get epoch(): object {
    return this.array.system.passwords;
  }

  /** What is kept of a user's password, other after it changed; undefined for a user that is unknown. */
  credentialOf(user: string): string | undefined {
    const { passwords } = this.array.system;
    return Object.hasOwn(passwords, user) ? passwords[user] : undefined;
  }

  isSet(user: string): boolean {
    return (this.credentialOf(user) ?? '') !== '';
  }

  /** Whether the password is the user's. A user without one cannot log in. */
  matches(user: string, password: string): boolean {
    const kept = this.credentialOf(user) ?? '';
    return kept !== '' && isPassword(kept, password);
  }

  /** Whether the password that a management station stored is still the administrator's. */
  get isStoredRight(): boolean {
    const kept = this.credentialOf('admin') ?? '';
    const stored = this.array.system.storedPassword ?? '';
    // Both may be hashes of a state file; the same password was then hashed once.
    return kept !== '' && (kept === stored || isPassword(kept, stored) || (isHash(stored) && isPassword(stored, kept)));
  }

  set(user: string, password: string): void {
    this.array.transact(() => {
      const { passwords, settings } = this.array.system;
      if (!Object.hasOwn(passwords, user))
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
