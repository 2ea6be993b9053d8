import { AdminRequestError } from '../arrays/array-admin-client.js';
import type { Refusal } from '../arrays/external/write-guard.js';
import type { Harness } from '../harness/harness.js';
import type { Outcome } from '../manager/outcome.js';
import { UsageError } from '../manager/usage.js';
import { SubjectError } from '../subjects/subject.js';
import type { Failure } from './play.js';

/**
 * Takes away what a story has left on an array that others use: first as Cinder does, by the driver, and then what is
 * still there by the web services. What stays in spite of both is an error that names it; what the driver wanted to do to
 * others is a failure.
 */
export async function cleanUpExternalArray(harness: Harness): Promise<Failure[]> {
  await deleteByDriver(harness);
  return [...harness.refusals.map(refused), ...(await removeLeftovers(harness))];
}

function refused({ request, reason }: Refusal): Failure {
  const message = `the driver wanted to change what is not its own: ${request}, which was not carried out: ${reason}`;
  return { message, requirement: 'Q29' };
}

async function removeLeftovers(harness: Harness): Promise<Failure[]> {
  try {
    const left = await harness.takeAway();
    return left.map((each) => ({
      message: `${each} was made by this story and could not be taken away`,
      isError: true,
    }));
  } catch (error) {
    // Whatever it is, the next story must not begin as if all were tidy.
    const { message } = error as Error;
    return [{ message: `what this story made could not be taken away: ${message}`, isError: true }];
  }
}

/** Has the driver delete what the database has, as far as it can. */
async function deleteByDriver(harness: Harness): Promise<void> {
  const { database } = harness;
  const manager = harness.manager();
  const attempts: (() => Promise<Outcome>)[] = [
    ...[...database.attachments.values()].map((each) => () => manager.detach(each, { force: true })),
    ...[...database.groupSnapshots.values()].reverse().map((each) => () => manager.deleteGroupSnapshot(each)),
    ...[...database.snapshots.values()]
      .filter(({ group_snapshot_id }) => group_snapshot_id === null)
      .reverse()
      .map((each) => () => manager.deleteSnapshot(each)),
    ...[...database.groups.values()].map((each) => () => manager.deleteGroup(each)),
  ];
  for (const attempt of attempts) await attemptDeletion(attempt);
  for (const volume of [...database.volumes.values()]) await attemptDeletion(() => manager.deleteVolume(volume));
}

/** What the driver can't do is done by the web services. */
async function attemptDeletion(attempt: () => Promise<Outcome>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    const isExpected = [UsageError, SubjectError, AdminRequestError, RangeError].some((kind) => error instanceof kind);
    if (!isExpected) throw error;
  }
}
