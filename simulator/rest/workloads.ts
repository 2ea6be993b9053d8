import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystems } from '../array/storage-systems.js';
import { RestError } from './errors.js';
import { WorkloadResponse, workloadView } from './objects/workloads.js';
import type { Routes } from './route.js';
import { boolean, list, object, optional, type Static, text } from './schemas/types.js';
import { WorkloadAttribute } from './schemas/volumes.js';

const attributes = optional(list(WorkloadAttribute));
const CreateRequest = object({ name: text(), workloadAttributes: attributes });
const UpdateRequest = object({ name: optional(text()), workloadAttributes: attributes });
const CopyRequest = object({ newWorkloadName: text(), changeVolumeTags: optional(boolean()) });

const all = (array: StorageArray) => array.tables.workloads.toJSON().map(workloadView);

const one = (array: StorageArray, id: string) => workloadView(array.workloads.require(id));

function create(array: StorageArray, { name, workloadAttributes }: Static<typeof CreateRequest>) {
  return workloadView(array.workloads.create(name, workloadAttributes ?? []));
}

function update(array: StorageArray, id: string, body: Static<typeof UpdateRequest>) {
  return workloadView(array.workloads.update(id, { name: body.name, attributes: body.workloadAttributes }));
}

function copy(array: StorageArray, id: string, body: Static<typeof CopyRequest>) {
  return workloadView(array.workloads.copy(id, body.newWorkloadName, body.changeVolumeTags));
}

/** The array that paths without a storage system mean: the one that serves them, or a proxy's first. */
function ownArray(systems: StorageSystems): StorageArray {
  const array = systems.list().find(({ online }) => online)?.array ?? null;
  if (array === null) throw new RestError('unknownSystem', 'There is no storage system that answers.');
  array.completeDueJobs();
  return array;
}

/** Workloads, below the storage system and, as older clients have it, below the root. */
export function workloadRoutes(routes: Routes): void {
  const response = { response: WorkloadResponse };
  routes.onArray('getWorkloads', { response: list(WorkloadResponse) }, ({ array }) => all(array));
  routes.onArray('getWorkloadById', response, ({ array, id }) => one(array, id));
  routes.onArray('createWorkload', { body: CreateRequest, ...response }, ({ array, body }) => create(array, body));
  routes.onArray('updateWorkloadById', { body: UpdateRequest, ...response }, ({ array, id, body }) =>
    update(array, id, body),
  );
  routes.onArray('deleteWorkloadById', {}, ({ array, id }) => array.workloads.delete(id));
  routes.onArray('copyWorkloadById', { body: CopyRequest, ...response }, ({ array, id, body }) =>
    copy(array, id, body),
  );

  routes.on('getEmbeddedWorkloads', { response: list(WorkloadResponse) }, ({ systems }) => all(ownArray(systems)));
  routes.on('getEmbeddedWorkloadById', response, ({ systems, id }) => one(ownArray(systems), id));
  routes.on('createEmbeddedWorkload', { body: CreateRequest, ...response }, ({ systems, body }) =>
    create(ownArray(systems), body),
  );
  routes.on('updateEmbeddedWorkloadById', { body: UpdateRequest, ...response }, ({ systems, id, body }) =>
    update(ownArray(systems), id, body),
  );
  routes.on('deleteEmbeddedWorkloadById', {}, ({ systems, id }) => ownArray(systems).workloads.delete(id));
  routes.on('copyEmbeddedWorkloadById', { body: CopyRequest, ...response }, ({ systems, id, body }) =>
    copy(ownArray(systems), id, body),
  );
}
