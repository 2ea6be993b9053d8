import { nullRef } from '../inventory.js';
import type { RecordKind } from './created-records.js';

/** What a writing request of a driver is about. */
export type Writing =
  /** Objects of the array by their references: those that are changed or deleted, and others that are mentioned. */
  | { readonly kind: 'objects'; readonly changed: readonly string[]; readonly mentioned: readonly string[] }
  | { readonly kind: 'record'; readonly store: RecordKind; readonly key: string }
  /** Registers the array or tells its password: an administrator has done so. */
  | { readonly kind: 'registration' }
  /** Counts that the driver is there. */
  | { readonly kind: 'counter' }
  /** Nothing that the suite could undo, or that concerns others. */
  | { readonly kind: 'other' };

/** Collections in which a driver makes and deletes objects of its own. */
const collections = new Set([
  'ssc/volumes',
  'volumes',
  'thin-volumes',
  'hosts',
  'host-groups',
  'volume-mappings',
  'snapshot-groups',
  'snapshot-images',
  'snapshot-volumes',
  'volume-copy-jobs',
  'consistency-groups',
]);

/** What a request that changes something is about. Paths are those of the web services. */
export function writingOf(method: string, path: string, body: string, systemId: string): Writing {
  const [plain = ''] = path.split('?');
  const parts = plain.split('/').filter((each) => each !== '');
  const words = parts.map((each) => decoded(each));
  if (words[0] !== 'devmgr' || words[1] !== 'v2')
    return plain === '/devmgr/utils/login' ? { kind: 'counter' } : { kind: 'other' };
  const [head, ...rest] = words.slice(2);
  if (head === 'key-values' && rest.length === 1) return { kind: 'record', store: 'key-values', key: rest[0] ?? '' };
  if (head === 'counters') return { kind: 'counter' };
  if (head !== 'storage-systems') return { kind: 'other' };
  const [id, ...below] = rest;
  if (method === 'POST' && (id === undefined || (id === systemId && below.length === 0)))
    return { kind: 'registration' };
  if (id !== systemId) return { kind: 'other' };
  if (below[0] === 'counters') return { kind: 'counter' };
  if (below[0] === 'persistent-records' && below.length <= 2) {
    const key = below[1] ?? keyIn(body);
    return key === undefined ? { kind: 'other' } : { kind: 'record', store: 'persistent-records', key };
  }
  const refs = refsIn(`${decoded(path)} ${body}`);
  if (below[0] === 'symbol') return refs.length === 0 ? { kind: 'other' } : objects(refs, []);
  const collection = below[0] === 'ssc' ? below.slice(0, 2).join('/') : (below[0] ?? '');
  if (!collections.has(collection)) return { kind: 'other' };
  const isNew = method === 'POST' && below.length === collection.split('/').length;
  // The object that is changed or deleted must be told by its reference: what else names it can't be looked up.
  const [named] = refsIn(below[collection.split('/').length] ?? '');
  if (isNew) return objects([], refs);
  return named === undefined ? { kind: 'other' } : objects([named], refs);
}

function objects(changed: readonly string[], mentioned: readonly string[]): Writing {
  return { kind: 'objects', changed, mentioned };
}

/** References in a text, but for the one that refers to nothing. */
function refsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\b[0-9A-F]{40}\b/gi)].map(([ref]) => ref.toUpperCase()))].filter(
    (ref) => ref !== nullRef,
  );
}

function keyIn(body: string): string | undefined {
  try {
    const { key } = JSON.parse(body) as { key?: unknown };
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
