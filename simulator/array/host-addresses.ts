import { ArrayError } from './errors.js';
import { hostTypes } from './host-types.js';
import type { HostPortRecord } from './records.js';

export function checkHostType(index: number): void {
  if (!hostTypes.some((type) => type.index === index)) {
    throw new ArrayError(
      'invalidHostTypeIndex',
      `The host type index is ${index}: allowed are ${hostTypes.map((type) => type.index).join(', ')}.`,
      'hostType.index',
    );
  }
}

/** World-wide names are kept in upper case without colons; IQNs and NQNs as they come. */
export function normalAddress(type: HostPortRecord['type'], address: string): string {
  if (type === 'fc' || type === 'sas' || (type === 'ib' && !/^iqn\./i.test(address))) {
    const plain = address.replace(/^0x/i, '').replace(/[:-]/g, '').toUpperCase();
    if (!/^[0-9A-F]{16}([0-9A-F]{16})?$/.test(plain)) {
      throw new ArrayError(
        'partPortIdInvalid',
        `The ${type} port '${address}' is not a world-wide name: allowed are 16 or 32 hex digits, with or without colons.`,
        'port',
      );
    }
    return plain;
  }
  if (address.length === 0 || address.length > 223) {
    throw new ArrayError(
      'partPortIdInvalid',
      `The ${type} port name has ${address.length} characters: allowed are 1 to 223.`,
      'port',
    );
  }
  if (type === 'iscsi' && !/^(iqn\.|eui\.|naa\.)\S+$/i.test(address)) {
    throw new ArrayError(
      'partPortIdInvalid',
      `The iSCSI port '${address}' is not an iSCSI name: it begins with iqn., eui. or naa. and has no blanks.`,
      'port',
    );
  }
  return address;
}
