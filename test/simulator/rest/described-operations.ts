import { StorageSystems } from '../../../simulator/array/storage-systems.js';
import { Authentication } from '../../../simulator/rest/authentication.js';
import type { Operation } from '../../../simulator/rest/operations.js';
import type { RestEnvironment, RouteSchemas } from '../../../simulator/rest/route.js';
import type { TSchema } from '../../../simulator/rest/schemas/types.js';
import { webServices } from '../../../simulator/rest/web-services.js';

export interface DescribedOperation {
  readonly operation: Operation;
  readonly schemas: RouteSchemas<TSchema | undefined, TSchema | undefined>;
}

/** All operations that are implemented, with the schemas of their requests and answers. */
export function describedOperations(): DescribedOperation[] {
  const directory = { matches: () => false, rolesOf: () => [], credentialOf: () => undefined, epoch: 1 };
  const environment: RestEnvironment = {
    mode: 'embedded',
    systems: new StorageSystems(),
    authentication: new Authentication(
      () => directory,
      () => 0,
    ),
    admin: 'admin',
    implemented: new Map(),
    described: new Map(),
  };
  webServices({ environment });
  return [...environment.described.values()];
}
