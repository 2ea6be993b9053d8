import type { SubjectFactory } from '../../../../conformance/subjects/subject.js';
import { ourDriver } from '../../checks/broken-drivers.js';

/** Our driver, whose close fails. */
export const createSubject: SubjectFactory = async (environment) => {
  const subject = await ourDriver(environment);
  return {
    ...subject,
    call: (method, args) => subject.call(method, args),
    close: async () => {
      await subject.close();
      throw new Error('no close');
    },
  };
};
