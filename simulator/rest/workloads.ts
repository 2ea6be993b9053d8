import { WorkloadResponse, workloadView } from './objects/workloads.js';
import type { Routes } from './route.js';
import { list, object, optional, text } from './schemas/types.js';
import { WorkloadAttribute } from './schemas/volumes.js';

const attributes = optional(list(WorkloadAttribute));
const WorkloadCreateRequest = object({ name: text(), workloadAttributes: attributes });
const WorkloadUpdateRequest = object({ name: optional(text()), workloadAttributes: attributes });

export function workloadRoutes(routes: Routes): void {
  routes.onArray('getWorkloads', { response: list(WorkloadResponse) }, ({ array }) =>
    array.tables.workloads.toJSON().map(workloadView),
  );
  routes.onArray('getWorkloadById', { response: WorkloadResponse }, ({ array, id }) =>
    workloadView(array.workloads.require(id)),
  );
  routes.onArray('createWorkload', { body: WorkloadCreateRequest, response: WorkloadResponse }, ({ array, body }) =>
    workloadView(array.workloads.create(body.name, body.workloadAttributes ?? [])),
  );
  routes.onArray(
    'updateWorkloadById',
    { body: WorkloadUpdateRequest, response: WorkloadResponse },
    ({ array, id, body }) =>
      workloadView(array.workloads.update(id, { name: body.name, attributes: body.workloadAttributes })),
  );
  routes.onArray('deleteWorkloadById', {}, ({ array, id }) => array.workloads.delete(id));
}
