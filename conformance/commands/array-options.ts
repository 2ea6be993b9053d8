import { type ExternalArray, ExternalArrayError, openExternalArray } from '../arrays/external/external-array.js';
import { labelMark } from '../arrays/external/label-prefix.js';
import { CommandError } from './command.js';
import { readText, reasonOf } from './text-file.js';
import type { arrayOptions } from './usage/array.js';

type Values = { readonly [Option in keyof typeof arrayOptions]?: string | boolean | undefined };

/**
 * The array that the options name; undefined for arrays of the suite's own. Rejects with CommandError where it can't be
 * used, or where its owner has not agreed to writes.
 */
export async function arrayOf(values: Values): Promise<ExternalArray | undefined> {
  const text = (option: keyof typeof arrayOptions) => {
    const value = values[option];
    return typeof value === 'string' ? value : undefined;
  };
  const url = text('array');
  if (url === undefined) {
    const [stray] = (['array-ca', 'system-id', 'pool'] as const).filter((option) => values[option] !== undefined);
    if (stray !== undefined)
      throw new CommandError(`--${stray} is of an array that is there: name it with --array URL`);
    return undefined;
  }
  if (values['i-understand-this-writes'] !== true) throw new CommandError(refusal(url, values));
  const [user, password, systemId, pool, ca] = [
    text('array-user'),
    text('array-password'),
    text('system-id'),
    text('pool'),
    text('array-ca'),
  ];
  try {
    return await openExternalArray({
      url,
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
      ...(systemId === undefined ? {} : { systemId }),
      ...(pool === undefined ? {} : { pool }),
      ...(ca === undefined ? {} : { certificateAuthority: await certificates(ca) }),
    });
  } catch (error) {
    if (error instanceof ExternalArrayError) throw new CommandError(error.message);
    throw error;
  }
}

function refusal(url: string, values: Values): string {
  const system =
    values['system-id'] === undefined ? 'its first storage system' : `storage system ${values['system-id']}`;
  const pool = values.pool === undefined ? 'the first pool' : `pool '${values.pool}'`;
  return `--array ${url} would be written to: on ${system}, as '${values['array-user']}', volumes, snapshots, groups and copies would be made in ${pool}, and hosts and mappings for them, whose labels begin with ${labelMark}; each story's are taken away after it, and nothing else is changed. If that is what you want, add --i-understand-this-writes.`;
}

async function certificates(file: string): Promise<string> {
  return readText(file).catch((error: unknown) => {
    throw new CommandError(`--array-ca ${file} cannot be read (${reasonOf(error)}).`);
  });
}
