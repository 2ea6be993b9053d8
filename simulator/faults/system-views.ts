import { type HttpResponse, json } from '../http/messages.js';

/** The same answer about storage systems, with something else said of one of them. */
export function editSystem(answer: HttpResponse, systemId: string, changes: object): HttpResponse {
  if (answer.status !== 200) return answer;
  const edit = (system: unknown) =>
    typeof system === 'object' && system !== null && 'id' in system && system.id === systemId
      ? { ...system, ...changes }
      : system;
  const body: unknown = JSON.parse(String(answer.body));
  return json(Array.isArray(body) ? body.map(edit) : edit(body));
}

/** Operations that answer what the management station knows of storage systems. */
export const systemViews: ReadonlySet<string> = new Set([
  'getStorageSystems',
  'getStorageSystem',
  'updateStorageSystem',
]);
