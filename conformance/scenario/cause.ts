import type { Failure } from './play.js';

/** What failures of one defect have in common, in whatever story they show. */
export interface Cause {
  readonly requirement?: string;
  readonly method?: string;
  /** The class of the driver's exception. */
  readonly exception?: string;
  readonly retcode?: string;
  /** The kind of object, or the part of an answer. */
  readonly object?: string;
  /** What is wrong, without what differs from story to story; only where no exception and no object says it. */
  readonly what?: string;
}

/** The cause of a failure. Two failures with equal causes are taken for one defect. */
export function causeOf({ requirement, method, exception, retcode, object, message, isError }: Failure): Cause {
  const isTold = exception !== undefined || object !== undefined;
  return {
    ...(requirement === undefined ? {} : { requirement }),
    ...(method === undefined ? {} : { method }),
    ...(exception === undefined ? {} : { exception }),
    ...(retcode === undefined ? {} : { retcode }),
    ...(object === undefined ? {} : { object }),
    ...(isTold && isError !== true ? {} : { what: withoutParticulars(message) }),
  };
}

/** Tells causes apart: equal causes have equal keys. */
export function causeKey(failure: Failure): string {
  const { requirement, method, exception, retcode, object, what } = causeOf(failure);
  return JSON.stringify([requirement, method, exception, retcode, object, what]);
}

/** A message without ids, numbers and names of the story's own, which differ from one story to the next. */
function withoutParticulars(message: string): string {
  return message
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}|\b[\dA-Z]{16,}\b|\d+/g, '#')
    .replaceAll(/'[^']*'|"[^"]*"/g, '…')
    .replace(/^(round #: )/, '');
}
