import type { Arguments, Subject, SubjectFactory, SubjectRuntime } from '../../../../conformance/subjects/subject.js';
import { SubjectError } from '../../../../conformance/subjects/subject.js';

/** Counts what calls of a driver ask of the world around it, and ends calls that ask without end. */
export interface Watch {
  /** Requests and waits of the call that needed most. */
  readonly most: number;
  /** Whether a call was ended because it asked for more than the limit. */
  readonly isOver: boolean;
}

/**
 * A driver whose calls end with a SubjectError when they make more than `limit` requests and waits. What such a call
 * asks for then is never answered, so that it does nothing more.
 */
export function watched(subject: SubjectFactory, limit: number): { subject: SubjectFactory; watch: Watch } {
  const watch = { most: 0, isOver: false };
  return {
    watch,
    async subject(environment) {
      let used = 0;
      let running = 0;
      let giveUp: () => void = () => undefined;
      const mayGoOn = () => {
        used++;
        watch.most = Math.max(watch.most, used);
        if (used <= limit) return true;
        watch.isOver = true;
        giveUp();
        return false;
      };
      const { runtime } = environment;
      const inner = await subject(
        runtime === undefined ? environment : { ...environment, runtime: counted(runtime, mayGoOn) },
      );
      const over = new Promise<never>((_, reject) => {
        giveUp = () => reject(new SubjectError(`a call made more than ${limit} requests and waits`));
      });
      over.catch(() => undefined);
      return {
        ...inner,
        async call(method: string, args: Arguments) {
          if (running === 0) used = 0;
          running++;
          try {
            return await Promise.race([inner.call(method, args), over]);
          } finally {
            running--;
          }
        },
      } satisfies Subject;
    },
  };
}

function counted(runtime: SubjectRuntime, mayGoOn: () => boolean): SubjectRuntime {
  const { dispatcher } = runtime;
  return {
    ...runtime,
    sleep: (milliseconds) => (mayGoOn() ? runtime.sleep(milliseconds) : new Promise(() => undefined)),
    ...(dispatcher === undefined
      ? {}
      : {
          dispatcher: dispatcher.compose(
            (dispatch) => (options, handler) => (mayGoOn() ? dispatch(options, handler) : true),
          ),
        }),
  };
}
