import { hostsOperations } from './operations/hosts.js';
import { mirrorsOperations } from './operations/mirrors.js';
import { servicesOperations } from './operations/services.js';
import { snapshotsOperations } from './operations/snapshots.js';
import { storageOperations } from './operations/storage.js';
import { systemOperations } from './operations/system.js';

export type Role = 'root.admin' | 'storage.admin' | 'storage.monitor' | 'security.admin' | 'support.admin';

/** One operation of the REST API. `roles` are those that may call it; none means anyone, even without a login. */
export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  readonly path: string;
  readonly mode: 'both' | 'embedded' | 'proxy';
  readonly roles: readonly Role[];
  readonly tag: string;
  /** The status of success. */
  readonly status: number;
}

export type OperationRow = readonly [
  id: string,
  method: string,
  path: string,
  mode: string,
  roles: string,
  tag: string,
  status: number,
];

/** The path that every operation of the web services starts with. */
export const apiRoot = '/devmgr/v2';

const roleNames: Record<string, Role> = {
  root: 'root.admin',
  storage: 'storage.admin',
  monitor: 'storage.monitor',
  security: 'security.admin',
  support: 'support.admin',
};

const roleSets = new Map<string, readonly Role[]>();

/** Roles written shortly: `root+storage`; `anyone` is no role at all. */
export function rolesOf(text: string): readonly Role[] {
  let roles = roleSets.get(text);
  if (roles === undefined) {
    roles = text === 'anyone' ? [] : text.split('+').map((name) => roleNames[name] ?? 'root.admin');
    roleSets.set(text, roles);
  }
  return roles;
}

/** Who may read and who may change what storage administrators deal with. */
export const readers = rolesOf('root+storage+monitor+support');
export const writers = rolesOf('root+storage');
export const anyone = rolesOf('anyone');

function operationOf([id, method, path, mode, roles, tag, status]: OperationRow): Operation {
  return {
    id,
    method: method as Operation['method'],
    path: apiRoot + path,
    mode: mode as Operation['mode'],
    roles: rolesOf(roles),
    tag,
    status,
  };
}

/** All operations that the vendor documents, by operation id (source: API documents 11.9x and 12.0x). */
export const vendorOperations: ReadonlyMap<string, Operation> = new Map(
  [hostsOperations, mirrorsOperations, servicesOperations, snapshotsOperations, storageOperations, systemOperations]
    .flat()
    .map((row) => [row[0], operationOf(row)]),
);
