import { Harness } from '../harness/harness.js';
import type { Unjudged } from '../report/report.js';
import { adviceFor } from '../subjects/advice.js';
import { isRaised, type Subject, SubjectError, type SubjectFactory } from '../subjects/subject.js';

/** What a driver says of itself, and whether it starts. */
export interface SubjectDescription {
  readonly name: string;
  readonly methods: ReadonlySet<string>;
  readonly constants: NonNullable<Subject['constants']>;
  /** Why nothing can be judged: each story would fail at its start. */
  readonly unjudged?: Unjudged;
}

/**
 * Starts a driver on an array as most stories have it, reads its metadata, tries whether it starts, and closes it.
 * Rejects for mistakes of the suite only.
 */
export async function describeSubject(subject: SubjectFactory): Promise<SubjectDescription> {
  let harness: Harness | undefined;
  try {
    harness = await Harness.open({ subject, array: { listen: true } });
    const { name, methods, constants = {} } = harness.subject();
    const unjudged = await startOf(harness);
    return { name, methods, constants, ...(unjudged === undefined ? {} : { unjudged }) };
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error;
    return { name: 'the subject', methods: new Set(), constants: {}, unjudged: broken(error) };
  } finally {
    // What a program does at its end is judged in each story.
    await harness?.close().catch(() => undefined);
  }
}

/** What keeps a driver from starting; undefined when it starts. */
async function startOf(harness: Harness): Promise<Unjudged | undefined> {
  const manager = harness.manager();
  let calls: Awaited<ReturnType<typeof manager.initHost>>['calls'];
  try {
    ({ calls } = await manager.initHost());
  } catch (error) {
    if (error instanceof SubjectError) return broken(error);
    throw error;
  }
  for (const { method, answer } of calls)
    if (isRaised(answer) && !manager.initialized) {
      const { class: exception, message } = answer.raised;
      return {
        reason: `The driver does not start: ${method} raised ${exception}: ${message}`,
        remedy: adviceFor({ text: message, exception }),
      };
    }
  if (!manager.initialized) return { reason: 'The driver does not start.', remedy: adviceFor({ text: '' }) };
  if ((await harness.requestCount()) > 0) return undefined;
  return {
    reason: 'The driver started and told its statistics without asking the array anything.',
    remedy:
      'It is for another kind of storage, or has no array at all: only a driver that uses the web services can be judged.',
  };
}

function broken(error: SubjectError): Unjudged {
  const reason = `The driver does not start. ${error.message}`;
  return { reason, remedy: adviceFor({ text: error.message }), isUnusable: true };
}
