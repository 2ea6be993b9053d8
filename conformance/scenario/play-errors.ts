import { DoorError } from '../arrays/array-door.js';
import { UsageError } from '../manager/usage.js';
import { SubjectError } from '../subjects/subject.js';
import { StoryError } from './cast.js';

/** What a mistake of the story, the subject or the array's surroundings throws. */
export function isOfThePlay(error: unknown): boolean {
  return (
    error instanceof StoryError ||
    error instanceof UsageError ||
    error instanceof SubjectError ||
    error instanceof DoorError ||
    error instanceof RangeError
  );
}
