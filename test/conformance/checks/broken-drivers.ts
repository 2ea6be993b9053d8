import type { Answer, Arguments, Subject, SubjectFactory } from '../../../conformance/subjects/subject.js';
import { createSubject } from '../../../driver/subject.js';

type Call = (method: string, args: Arguments) => Promise<Answer>;

/** Our driver, as the suite gets it. */
export const ourDriver: SubjectFactory = (environment) => createSubject(environment as never) as Promise<Subject>;

/** Our driver with something between it and the suite. */
export function broken(change: (call: Call, method: string, args: Arguments) => Promise<Answer>): SubjectFactory {
  return async (environment) => {
    const subject = await ourDriver(environment);
    const call: Call = (method, args) => subject.call(method, args);
    return { ...subject, call: (method, args) => change(call, method, args), close: () => subject.close() };
  };
}

/** A deletion that succeeds whatever happens: the method is not even called. */
export function swallowing(method: string): SubjectFactory {
  return broken(async (call, called, args) => (called === method ? { returned: null } : call(called, args)));
}
