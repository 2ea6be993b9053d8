import type { ArrayError } from '../../array/errors.js';
import type { Access } from './reservations.js';
import { CheckCondition, senseKeys } from './sense.js';

/** What the array refuses as a check condition, by whether the command was to write. */
export function conditionOfArrayError(error: ArrayError, access: Access): CheckCondition {
  switch (error.returnCode) {
    case 'repositoryFull':
    case 'insufficientRepositoryCapacity':
    case 'capacityConstrained':
      // Space allocation failed write protect.
      return new CheckCondition(senseKeys.dataProtect, 0x2707);
    case 'invalidModeSwitch':
    case 'copyTargetReservation':
    case 'arvmGroupNotPrimary':
      return new CheckCondition(senseKeys.dataProtect, 0x2700);
    case 'volumeOffline':
      // Not ready, manual intervention required.
      return new CheckCondition(senseKeys.notReady, 0x0403);
    case 'volumeNotExist':
      return new CheckCondition(senseKeys.illegalRequest, 0x2500);
    case 'invalidOffset':
      return new CheckCondition(senseKeys.illegalRequest, 0x2100);
    default:
      return new CheckCondition(senseKeys.mediumError, access === 'write' ? 0x0c00 : 0x1100);
  }
}
