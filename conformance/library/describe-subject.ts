import { Harness } from '../harness/harness.js';
import type { Unjudged } from '../report/report.js';
import { adviceFor } from '../subjects/advice.js';
import { isRaised, type Subject, SubjectError, type SubjectFactory } from '../subjects/subject.js';

/** What a driver says of itself, and whether it starts. */
export interface SubjectDescription {
  readonly name: string;
  readonly methods: ReadonlySet<string>;
  readonly constants: NonNullable<Subject['constants']>;
  /** Why nothing can be judged: each story would fail at its start or its end. */
  readonly unjudged?: Unjudged;
}

/**
 * Starts a driver on an array as most stories have it, reads its metadata, tries whether it starts and whether it ends.
 * Rejects for mistakes of the suite only.
 */
export async function describeSubject(subject: SubjectFactory): Promise<SubjectDescription> {
  let harness: Harness;
  try {
    harness = await Harness.open({ subject, array: { listen: true } });
  } catch (error) {
    return {
      name: 'the subject',
      methods: new Set(),
      constants: {},
      unjudged: broken(error, 'The driver does not start'),
    };
  }
  const { name, methods, constants = {} } = harness.subject();
  let unjudged: Unjudged | undefined;
  try {
    unjudged = await startOf(harness);
  } finally {
    const notEnded = await harness.close().catch((error: unknown) => broken(error, 'The driver does not end'));
    // Why it does not start matters more than what comes of that.
    unjudged ??= notEnded ?? undefined;
  }
  return { name, methods, constants, ...(unjudged === undefined ? {} : { unjudged }) };
}

/** What keeps a driver from starting; undefined when it starts. */
async function startOf(harness: Harness): Promise<Unjudged | undefined> {
  const manager = harness.manager();
  let calls: Awaited<ReturnType<typeof manager.initHost>>['calls'];
  try {
    ({ calls } = await manager.initHost());
  } catch (error) {
    return broken(error, 'The driver does not start');
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

/** What a subject is told that does not work. Throws what is no error of the subject. */
function broken(error: unknown, what: 'The driver does not start' | 'The driver does not end'): Unjudged {
  if (!(error instanceof SubjectError)) throw error;
  const { message, evidence } = error;
  const remedy =
    what === 'The driver does not start'
      ? adviceFor({ text: message })
      : (evidence.remedy ?? adviceFor({ text: message }));
  return { reason: `${what}. ${message}`, remedy, isUnusable: true };
}
