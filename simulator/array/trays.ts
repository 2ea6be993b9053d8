import { ArrayError, ObjectNotFound } from './errors.js';
import type { TrayRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** What a part or serial number of a tray looks like. */
const numberPattern = /^[\x20-\x7e]{1,32}$/;

/** The trays that hold drives and controllers. */
export class Trays {
  constructor(private readonly array: StorageArray) {}

  require(ref: string): TrayRecord {
    const tray = this.array.tables.trays.get(ref.toUpperCase());
    if (tray === undefined) throw new ObjectNotFound('illegalParam', 'tray', ref);
    return tray;
  }

  /** Gives a tray other numbers: a new chassis has none. Throws ArrayError for what is not printable text. */
  update(ref: string, changes: Partial<Pick<TrayRecord, 'partNumber' | 'serialNumber'>>): TrayRecord {
    return this.array.transact(() => {
      const tray = this.require(ref);
      for (const [field, value] of Object.entries(changes))
        if (!numberPattern.test(value))
          throw new ArrayError(
            'illegalParam',
            `The ${field} is '${value}': allowed are 1 to 32 printable characters.`,
            field,
          );
      this.array.events.record({ eventType: 0x2830, description: `Settings of shelf ${tray.trayId} changed` });
      return this.array.tables.trays.put({ ...tray, ...changes });
    });
  }
}
