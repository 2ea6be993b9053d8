import type { WorkloadRecord } from '../../array/records.js';
import { type Shown, showing } from '../schemas/shown.js';
import { list, object, text } from '../schemas/types.js';
import { WorkloadAttribute } from '../schemas/volumes.js';

const workload = showing<{ workload: WorkloadRecord }>();

export const WorkloadResponse = object({
  id: workload.shown(text(), ({ workload }) => workload.ref),
  name: workload.shown(text(), ({ workload }) => workload.name),
  workloadAttributes: workload.shown(list(WorkloadAttribute), ({ workload }) => workload.attributes),
});

const workloadObject = workload.viewOf(WorkloadResponse);

export function workloadView(workload: WorkloadRecord): Shown<typeof WorkloadResponse> {
  return workloadObject({ workload });
}
