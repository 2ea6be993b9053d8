import { ArrayError, ObjectNotFound } from '../array/errors.js';
import type { MalformedBody } from '../http/body.js';
import { type HttpResponse, json } from '../http/messages.js';
import { StoreError } from '../store/store-error.js';
import type { CallResponse as CallResponseSchema } from './schemas/system.js';
import type { Static } from './schemas/types.js';

/** Body of every answer that is an error. */
type CallResponse = Static<typeof CallResponseSchema>;

/**
 * The errors of the web services themselves, in one place: name → status and retcode. What the array refuses is an
 * ArrayError instead and becomes 422 (404 when the object does not exist) with the SYMbol return code.
 */
const restErrors = {
  malformedJson: { status: 400, retcode: 'malformedJson' },
  invalidUrl: { status: 400, retcode: 'invalidUrl' },
  invalidField: { status: 422, retcode: 'invalidField' },
  missingField: { status: 422, retcode: 'missingField' },
  unauthenticated: { status: 401, retcode: 'authenticationRequired' },
  lockedOut: { status: 401, retcode: 'lockedOut' },
  forbidden: { status: 403, retcode: 'forbidden' },
  foreignHost: { status: 403, retcode: 'foreignHost' },
  foreignOrigin: { status: 403, retcode: 'foreignOrigin' },
  foreignSite: { status: 403, retcode: 'foreignSite' },
  xsrfTokenMissing: { status: 403, retcode: 'xsrfTokenMissing' },
  notFound: { status: 404, retcode: 'notFound' },
  unknownPath: { status: 404, retcode: 'unknownPath' },
  unknownSystem: { status: 404, retcode: 'unknownSystem' },
  methodNotAllowed: { status: 405, retcode: 'methodNotAllowed' },
  conflict: { status: 409, retcode: 'conflict' },
  bodyTooLarge: { status: 413, retcode: 'bodyTooLarge' },
  unsupportedMediaType: { status: 415, retcode: 'unsupportedMediaType' },
  unprocessable: { status: 422, retcode: 'unprocessable' },
  systemOffline: { status: 424, retcode: 'systemOffline' },
  notImplemented: { status: 501, retcode: 'notImplemented' },
  unavailable: { status: 503, retcode: 'unavailable' },
} as const;

export type RestErrorName = keyof typeof restErrors;

/** An error of the web services: what failed, with which value, what is allowed; `fields` names request properties. */
export class RestError extends Error {
  override readonly name = 'RestError';

  constructor(
    readonly kind: RestErrorName,
    message: string,
    readonly fields: readonly string[] = [],
  ) {
    super(message);
  }
}

export function notJson({ reason }: MalformedBody): RestError {
  return new RestError('malformedJson', `The request body is not JSON: ${reason}.`);
}

/** The response to a request that ended in an error. */
export function errorResponse(error: unknown, headers: HttpResponse['headers'] = []): HttpResponse {
  const { status, body } = errorAnswer(error);
  return json(body, status, status === 401 ? [...headers, ['www-authenticate', challenge]] : headers);
}

const challenge = 'Basic realm="SANtricity Web Services", charset="UTF-8"';

/** How an error shows to a client: status and body. Whatever is not expected is answered 500 without its stack. */
function errorAnswer(error: unknown): { status: number; body: CallResponse } {
  if (error instanceof StoreError) return errorAnswer(new RestError('unavailable', error.message));
  if (error instanceof RestError) {
    const { status, retcode } = restErrors[error.kind];
    return { status, body: callResponse(error.message, retcode, 'devicemgrerror', error.fields) };
  }
  if (error instanceof ArrayError) {
    const status = error instanceof ObjectNotFound ? 404 : 422;
    return { status, body: callResponse(error.message, error.retcode, 'symbol', null) };
  }
  return {
    status: 500,
    body: callResponse('The simulator failed internally; its log tells more.', 'internalError', 'systemerror'),
  };
}

/** What the array refuses names neither fields nor anything for developers (source: recorded refusals). */
function callResponse(
  message: string,
  retcode: string,
  codeType: CallResponse['codeType'],
  fields: readonly string[] | null = [],
): CallResponse {
  return {
    errorMessage: message,
    localizedMessage: message,
    retcode,
    codeType,
    developerMessage: codeType === 'symbol' ? null : '',
    invalidFieldsIfKnown: fields === null ? null : [...fields],
  };
}
