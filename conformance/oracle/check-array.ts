import { type ArrayDoor, DoorError } from '../arrays/array-door.js';
import type { Finding } from './finding.js';

/** What the array itself finds broken in its state; nothing where it has no control API. Throws DoorError. */
export async function checkArray(door: ArrayDoor): Promise<Finding[]> {
  const path = `/sim/v1/arrays/${encodeURIComponent(door.systemId)}/check`;
  const { status, body } = await door.request('POST', path);
  if (status === 404 && !isControlAnswer(body)) return [];
  if (status >= 300) throw new DoorError(`POST ${path}`, status, body);
  const { problems } = body as { readonly problems: readonly unknown[] };
  return problems.map((problem) => ({
    requirement: 'ARRAY',
    kind: 'wrong',
    what: 'array',
    message: typeof problem === 'string' ? problem : JSON.stringify(problem),
  }));
}

/** Whether it was the control API that knows no such array. */
function isControlAnswer(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'error' in body;
}
