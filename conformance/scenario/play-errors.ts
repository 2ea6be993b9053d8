import { AdminRequestError } from '../arrays/array-admin-client.js';
import { UsageError } from '../manager/usage.js';
import { SubjectError } from '../subjects/subject.js';
import { StoryError } from './symbol-table.js';

/** What a mistake of the story, the subject or the array's environment throws. */
export function isOfThePlay(error: unknown): boolean {
  return (
    error instanceof StoryError ||
    error instanceof UsageError ||
    error instanceof SubjectError ||
    error instanceof AdminRequestError ||
    error instanceof RangeError
  );
}
