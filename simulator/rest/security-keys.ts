import { createHash } from 'node:crypto';
import type { StorageArray } from '../array/storage-array.js';
import { formType } from '../http/body.js';
import type { HttpRequest } from '../http/messages.js';
import { RestError } from './errors.js';
import { formFile, formText } from './form-file.js';
import { changeSettings, onKeeper, refuseField, type StoredSettings, settingsOf } from './keeper.js';
import { keepScratchFile, sizeOf, storePrivateFile } from './private-files.js';
import type { Routes } from './route.js';
import { PrivateFileInfo } from './schemas/files.js';
import { SecureVolumeKeyRequest, SecureVolumeKeyResponse, SecurityKeyFileRequest } from './schemas/keys.js';
import { boolean, object, optional, text } from './schemas/types.js';

interface SecurityKey {
  /** '' without a key. */
  readonly lockKeyId: string;
  /** SHA-256 of the pass phrase: the phrase itself is not kept. */
  readonly phraseHash: string;
  readonly isExternal: boolean;
}

const securityKey: StoredSettings<SecurityKey> = {
  kind: 'securityKey',
  defaults: () => ({ lockKeyId: '', phraseHash: '', isExternal: false }),
};

const maxKeyFileBytes = 2 ** 16;
const form = { bodyTypes: [formType], bodyLimitBytes: maxKeyFileBytes * 2 };

/** The security key that unlocks the drives. */
export function securityKeyOf(array: StorageArray): SecurityKey {
  return settingsOf(securityKey, { array });
}

function hashOf(phrase: string): string {
  return createHash('sha256').update(phrase).digest('hex');
}

/** Throws RestError for a pass phrase that is too weak (source: the management program's rule for security keys). */
function checkPhrase(phrase: string): string {
  const isStrong =
    phrase.length >= 8 &&
    phrase.length <= 32 &&
    /[A-Z]/.test(phrase) &&
    /[a-z]/.test(phrase) &&
    /\d/.test(phrase) &&
    /[^\w\s]/.test(phrase);
  if (!isStrong)
    throw new RestError(
      'invalidField',
      'The passPhrase is too weak: allowed are 8 to 32 characters with capital and small letters, a digit and a special character.',
      ['passPhrase'],
    );
  return phrase;
}

/** Sets a new security key; drives are locked with it from now on. Gives its id and the file to keep. */
export function setSecurityKey(
  array: StorageArray,
  {
    label,
    passPhrase,
    isExternal,
  }: { readonly label: string; readonly passPhrase: string; readonly isExternal: boolean },
): { readonly lockKeyId: string; readonly file: string } {
  return array.transact(() => {
    const lockKeyId = `${label}${array.newRandom('lockKey').hex(40)}`;
    const key = { lockKeyId, phraseHash: hashOf(checkPhrase(passPhrase)), isExternal };
    changeSettings(securityKey, { array }, key, 'Security key changed');
    return { lockKeyId, file: fileOf(key) };
  });
}

/** The array has no security key any more. */
export function dropSecurityKey(array: StorageArray): void {
  changeSettings(securityKey, { array }, { lockKeyId: '', phraseHash: '', isExternal: false }, 'Security key removed');
}

/** A key as a file: what is in it, a pass phrase opens. */
function fileOf({ lockKeyId, phraseHash }: SecurityKey): string {
  return `${JSON.stringify({ lockKeyId, sealed: hashOf(lockKeyId + phraseHash) })}\n`;
}

/** The key of a file. Throws RestError for what is none, or for a pass phrase that does not open it. */
function openedKey(request: HttpRequest, queried: string | undefined): SecurityKey {
  const { content } = formFile(request, 'keyfile', maxKeyFileBytes);
  const phrase = formText(request, 'securePassPhrase') ?? queried;
  if (phrase === undefined || phrase === '')
    throw new RestError('missingField', "The property 'securePassPhrase' is required.", ['securePassPhrase']);
  const { lockKeyId, sealed } = keyFileOf(content);
  const phraseHash = hashOf(phrase);
  if (sealed !== hashOf(lockKeyId + phraseHash))
    throw new RestError('unprocessable', 'The pass phrase does not open the key file.', ['securePassPhrase']);
  return { lockKeyId, phraseHash, isExternal: false };
}

function keyFileOf(content: Buffer): { readonly lockKeyId: string; readonly sealed: string } {
  try {
    const { lockKeyId, sealed } = JSON.parse(content.toString()) as Record<string, unknown>;
    if (typeof lockKeyId === 'string' && typeof sealed === 'string') return { lockKeyId, sealed };
  } catch {
    // Said below.
  }
  throw new RestError('unprocessable', "The file 'keyfile' is no security key of a storage system.", ['keyfile']);
}

function requireKey(array: StorageArray): SecurityKey {
  const key = securityKeyOf(array);
  if (key.lockKeyId === '') throw new RestError('unprocessable', 'The storage system has no security key.');
  return key;
}

/** The security key of drives that encrypt themselves: made, exported, imported, validated. */
export function securityKeyRoutes(routes: Routes): void {
  onKeeper(
    routes,
    'new-FDEKey',
    { body: SecureVolumeKeyRequest, response: SecureVolumeKeyResponse },
    ({ array, body: { lockKeyId = '', passPhrase, setLockKey = true } }) => {
      if (!/^[\w-]{0,189}$/.test(lockKeyId))
        throw refuseField('lockKeyId', lockKeyId, 'letters, digits, - and _, 189 at most');
      checkPhrase(passPhrase);
      if (!setLockKey) throw refuseField('setLockKey', setLockKey, 'true: a key is in force as soon as it is made');
      return array.transact(() => {
        const made = setSecurityKey(array, { label: lockKeyId, passPhrase, isExternal: false });
        const kept = keepScratchFile(array, `${array.system.label}.slk`, made.file);
        return { lockKeyId: made.lockKeyId, fileName: kept.name, fileSize: sizeOf(kept) };
      });
    },
  );
  onKeeper(
    routes,
    'exportFDEKeyFile',
    { body: SecurityKeyFileRequest, response: PrivateFileInfo },
    ({ array, body: { fileName, passPhrase } }) => {
      const key = { ...requireKey(array), phraseHash: hashOf(checkPhrase(passPhrase)) };
      return storePrivateFile(array, fileName, fileOf(key));
    },
  );
  const query = object({ passPhrase: optional(text()), forceOverwrite: optional(boolean()) });
  onKeeper(routes, 'import-FDEKey', { ...form, query }, ({ array, request, query: { passPhrase, forceOverwrite } }) => {
    const key = openedKey(request, passPhrase);
    const present = securityKeyOf(array).lockKeyId;
    if (present !== '' && present !== key.lockKeyId && !forceOverwrite)
      throw new RestError(
        'unprocessable',
        'The storage system has another security key: say forceOverwrite to replace it.',
      );
    changeSettings(securityKey, { array }, key, 'Security key imported');
  });
  onKeeper(routes, 'validate-FDEKey', { ...form, query }, ({ array, request, query: { passPhrase } }) => {
    const { lockKeyId } = openedKey(request, passPhrase);
    if (requireKey(array).lockKeyId !== lockKeyId)
      throw new RestError('unprocessable', "The file holds another key than the storage system's.", ['keyfile']);
  });
}
