import { readFile } from 'node:fs/promises';
import { type ExternalArray, ExternalArrayError, openExternalArray } from '../arrays/external/external-array.js';
import { labelMark } from '../arrays/external/label-prefix.js';
import { CommandError } from './command.js';

/** The options of an array that is there already, instead of a simulator for each story. */
export const arrayOptions = {
  array: { type: 'string' },
  'array-user': { type: 'string', default: 'admin' },
  'array-password': { type: 'string', default: 'admin' },
  'array-ca': { type: 'string' },
  'system-id': { type: 'string' },
  pool: { type: 'string' },
  'i-understand-this-writes': { type: 'boolean' },
} as const;

export const arrayUsage = `  --array URL            an array that is there, simulated or real, instead of a simulator for each story; others may use
                         it: drivers reach it through a guard that carries out no change to what their story did not
                         make, and what a story made is taken away after it (labels begin with ${labelMark}, initiators
                         have conformance- in them). No other client should make or delete objects meanwhile. Stories that
                         need faults, jobs, another pool, or what others do, are skipped with the reason, and made up
                         ones too. Of a simulator's /sim/v1 only what disturbs no other client is used: the check of its state,
                         and its clock where that is manual.
  --array-user NAME      who logs in (admin), with --array-password TEXT (admin)
  --array-ca FILE        certificates (PEM) that the array's own is signed by
  --system-id ID         the storage system; the first one by default
  --pool NAME            the only pool that is written to; the first one by default
  --i-understand-this-writes
                         without it nothing is written to an array that is there
`;

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
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`--array-ca ${file} cannot be read (${error.code}).`);
  });
}
