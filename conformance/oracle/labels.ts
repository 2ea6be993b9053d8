import { base32nopad } from '@scure/base';
import type { Inventory, InventoryVolume } from '../arrays/inventory.js';

/**
 * A UUID as a label: its 16 bytes in base 32 without padding, 26 characters. Throws TypeError for what is no UUID
 * (source: the documented driver's label encoding).
 */
export function labelOf(uuid: string): string {
  const digits = uuid.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(digits)) throw new TypeError(`'${uuid}' is no UUID`);
  return base32nopad.encode(Buffer.from(digits, 'hex'));
}

/** The UUID that a label stands for; undefined for labels that stand for none. */
export function uuidOf(label: string): string | undefined {
  if (!/^[A-Z2-7]{26}$/.test(label)) return undefined;
  try {
    const digits = Buffer.from(base32nopad.decode(label)).toString('hex');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  } catch {
    // The last character of a label has bits that no UUID sets.
    return undefined;
  }
}

/** The id that the array's volume is named by: another than the record's after a migration. */
export function nameIdOf(record: { readonly id: string; readonly _name_id?: string | null }): string {
  return record._name_id ?? record.id;
}

/** The array's volume of a record; undefined when there is none. */
export function findVolume(
  { volumes }: Pick<Inventory, 'volumes'>,
  record: { readonly id: string; readonly _name_id?: string | null },
): InventoryVolume | undefined {
  const label = labelOf(nameIdOf(record));
  return volumes.find((volume) => volume.label === label);
}
