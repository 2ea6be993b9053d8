import { ArrayError } from './errors.js';
import type { ReturnCode } from './return-codes.js';

/** The longest name the array takes for volumes, hosts, groups, pools and itself. */
const maxLabelLength = 30;

/**
 * Checks a name that a user gives: 1 to 30 characters out of letters, digits, `-`, `_`, `#` (source: SANtricity naming
 * rules). Throws ArrayError with the given code, naming what is allowed.
 */
export function checkLabel(label: string, code: ReturnCode = 'invalidLabel', field = 'name'): void {
  if (label.length === 0 || label.length > maxLabelLength) {
    throw new ArrayError(
      code,
      `The ${field} '${label.slice(0, 60)}' has ${label.length} characters: allowed are 1 to ${maxLabelLength}.`,
      field,
    );
  }
  if (!/^[\p{L}\p{N}_#.-]+$/u.test(label)) {
    throw new ArrayError(
      code,
      `The ${field} '${label}' is not allowed: a name has letters, digits, '-', '_', '#' and '.' only.`,
      field,
    );
  }
}
