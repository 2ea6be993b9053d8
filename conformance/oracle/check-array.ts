import { AdminRequestError, type ArrayAdminClient } from '../arrays/array-admin-client.js';
import type { Finding } from './finding.js';

/** What the array itself finds broken in its state; nothing where it has no control API. Throws AdminRequestError. */
export async function checkArray(admin: ArrayAdminClient): Promise<Finding[]> {
  const path = `/sim/v1/arrays/${encodeURIComponent(admin.systemId)}/check`;
  const { status, body } = await admin.request('POST', path);
  if (status === 404 && !isControlAnswer(body)) return [];
  if (status >= 300) throw new AdminRequestError(`POST ${path}`, status, body);
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
