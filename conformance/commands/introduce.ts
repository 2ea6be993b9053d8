import { Stage } from '../stage/stage.js';
import type { Subject, SubjectFactory } from '../subjects/subject.js';

/** What a driver says of itself before anything is asked of it. */
export interface Introduction {
  readonly name: string;
  readonly methods: ReadonlySet<string>;
  readonly constants: NonNullable<Subject['constants']>;
}

/** Starts a driver to hear who it is, and closes it. Rejects with SubjectError when it does not start. */
export async function introduce(subject: SubjectFactory): Promise<Introduction> {
  const stage = await Stage.open({ subject, array: { listen: true } });
  try {
    const { name, methods, constants = {} } = stage.subject();
    return { name, methods, constants };
  } finally {
    await stage.close();
  }
}
