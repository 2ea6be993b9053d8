import { type ReturnCode, returnCodes } from '../array/return-codes.js';
import { type HttpResponse, json } from '../http/messages.js';
import type { ActionOf } from './fault-actions.js';

/**
 * The answer of a `fail` or `fail-after` rule: a CallResponse as the web services send it. A SYMbol return code shows
 * as its number, as real ones do; clients that want errors short get the bare name.
 */
export function errorAnswer(
  action: ActionOf<'fail'> | ActionOf<'fail-after'>,
  ruleId: string,
  isTerse: boolean,
): HttpResponse {
  const { status = 422, retcode = 'busy' } = action;
  const number = Object.hasOwn(returnCodes, retcode) ? returnCodes[retcode as ReturnCode] : undefined;
  if (isTerse && number !== undefined) return json(retcode, status);
  const message = action.errorMessage ?? `The operation cannot complete: ${retcode} (fault rule '${ruleId}').`;
  return callResponse(status, {
    message,
    retcode: number === undefined ? retcode : String(number),
    codeType: action.codeType ?? (number === undefined ? 'devicemgrerror' : 'symbol'),
  });
}

export function callResponse(
  status: number,
  error: {
    readonly message: string;
    readonly retcode: string;
    readonly codeType: string;
  },
): HttpResponse {
  const { message, retcode, codeType } = error;
  const body = {
    errorMessage: message,
    localizedMessage: message,
    retcode,
    codeType,
    developerMessage: codeType === 'symbol' ? null : '',
    invalidFieldsIfKnown: codeType === 'symbol' ? null : [],
  };
  const challenge = status === 401 ? ([['www-authenticate', 'Basic realm="SANtricity Web Services"']] as const) : [];
  return json(body, status, challenge);
}
