import type { Connection } from './connection.js';
import type { PduOf } from './pdu.js';
import { isBefore, plus } from './serial.js';

/**
 * Checks a Login Response against its request (RFC 7143, 11.13). `statSn`: the number that it must carry; undefined for
 * the first one.
 */
export function checkLoginResponse(
  breach: Connection['breach'],
  request: PduOf<'login-request'>,
  response: PduOf<'login-response'>,
  statSn: number | undefined,
): void {
  if (response.itt !== request.itt) breach('task tag', `a login response has the tag ${response.itt}`);
  if (response.immediate) breach('immediate bit', 'a login response has the I bit');
  if (response.versionActive !== 0) breach('version', `the active version is ${response.versionActive}`);
  // A refusal may come from a place that keeps no count, and its reason is what matters.
  if (response.statusClass !== 0) return;
  if (!response.isid.equals(request.isid)) breach('session identifier', 'a login response has another ISID');
  if (statSn !== undefined && response.statSn !== statSn) {
    breach('status sequence number', `a login response has StatSN ${response.statSn}, not ${statSn}`);
  }
  if (response.expCmdSn !== request.cmdSn) {
    breach('command sequence number', `a login response expects CmdSN ${response.expCmdSn}, not ${request.cmdSn}`);
  }
  if (isBefore(response.maxCmdSn, plus(response.expCmdSn, -1))) {
    breach('command sequence number', `MaxCmdSN ${response.maxCmdSn} is below ExpCmdSN ${response.expCmdSn} - 1`);
  }
  if (response.currentStage !== request.currentStage) {
    breach('login stage', `a response of stage ${response.currentStage} to a request of ${request.currentStage}`);
  }
  if (response.transit && !request.transit) breach('login stage', 'the target moved on unasked');
  if (response.transit && response.more) breach('login stage', 'a login response both moves on and has more to say');
  // A target may stop at a stage on the way to the one that was asked for.
  const isOnTheWay = response.nextStage > response.currentStage && response.nextStage <= request.nextStage;
  if (response.transit && !isOnTheWay) {
    breach('login stage', `the target moved on to stage ${response.nextStage}, not ${request.nextStage}`);
  }
}
