import { type ReturnCode, returnCodes } from './return-codes.js';

/**
 * An operation that the array refused, having changed nothing.
 *
 * `returnCode` is the SYMbol return code by name; `message` says what failed, with which value, and what is allowed;
 * `field` names the offending request property when there is one.
 */
export class ArrayError extends Error {
  override readonly name = 'ArrayError';

  constructor(
    readonly returnCode: ReturnCode,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }

  /** The decimal SYMbol return code as clients see it in `retcode`. */
  get retcode(): string {
    return String(returnCodes[this.returnCode]);
  }
}

/** The object that an operation names does not exist (HTTP 404 on the REST face). */
export class ObjectNotFound extends ArrayError {
  constructor(
    returnCode: ReturnCode,
    readonly objectType: string,
    readonly id: string,
  ) {
    super(returnCode, `There is no ${objectType} '${id}' on this storage system.`);
  }
}
