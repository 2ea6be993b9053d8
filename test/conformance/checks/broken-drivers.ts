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

/** A start whose statistics break one "should" (R63): a text where a boolean belongs. */
export const thinAsText: SubjectFactory = broken(async (call, method, args) => {
  const answer = await call(method, args);
  if (method !== 'get_volume_stats' || !('returned' in answer)) return answer;
  const stats = answer.returned as { readonly pools: readonly object[] };
  return {
    returned: { ...stats, pools: stats.pools.map((pool) => ({ ...pool, thin_provisioning_support: 'False' })) },
  };
});

/** A method that always raises. */
export function raising(method: string, name = 'VolumeBackendAPIException', message = 'out of order'): SubjectFactory {
  const raised = { class: name, parents: ['CinderException'], message };
  return broken(async (call, called, args) => (called === method ? { raised } : call(called, args)));
}

/** A driver that never starts. */
export const neverStarting: SubjectFactory = raising('do_setup', 'InvalidInput', 'The option san_ip is not set');
