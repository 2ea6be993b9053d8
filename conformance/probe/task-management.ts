/** Task management functions (RFC 7143, 11.5.1). */
export const taskFunctions = {
  'abort task': 1,
  'abort task set': 2,
  'clear aca': 3,
  'clear task set': 4,
  'lun reset': 5,
  'target warm reset': 6,
  'target cold reset': 7,
  'task reassign': 8,
} as const;

export type TaskFunction = keyof typeof taskFunctions;

/** What a target answers to them (RFC 7143, 11.6.1). */
export const taskResponses = {
  complete: 0,
  noSuchTask: 1,
  noSuchLun: 2,
  stillAllegiant: 3,
  noReassignment: 4,
  notSupported: 5,
  notAuthorized: 6,
  rejected: 255,
} as const;

/** Whether a function that was completed ends a task of that tag and LUN. */
export function isEndedBy(
  name: TaskFunction,
  { itt, lun }: { readonly itt: number; readonly lun: Buffer },
  target: { readonly itt: number; readonly lun: Buffer },
): boolean {
  switch (name) {
    case 'abort task':
      return itt === target.itt;
    case 'abort task set':
    case 'clear task set':
    case 'lun reset':
      return lun.equals(target.lun);
    case 'target warm reset':
    case 'target cold reset':
      return true;
    default:
      return false;
  }
}
