import type { ArrayAdminClient } from '../array-admin-client.js';
import type { Inventory, InventoryRecord } from '../inventory.js';

/** Texts that drivers keep on the array or in its management station, as they were and as they are put back. */
export class CreatedRecords {
  private readonly written = new Map<string, string | undefined>();
  private readonly before: ReadonlyMap<string, string>;

  constructor({ persistentRecords, keyValues }: Inventory) {
    this.before = new Map([
      ...persistentRecords.map((each) => [`persistent-records/${each.key}`, each.value ?? ''] as const),
      ...keyValues.map((each) => [`key-values/${each.key}`, each.value ?? ''] as const),
    ]);
  }

  /**
   * Whether a driver may write a record: one that was not there, or has no notes. What tells the maker who uses the array
   * is told already where it is there.
   */
  decide(kind: RecordKind, key: string): 'write' | 'pretend' | 'refuse' {
    const value = this.before.get(`${kind}/${key}`);
    if (value !== undefined && key.startsWith('openstack-')) return 'pretend';
    if (value !== undefined && !isEmpty(value)) return 'refuse';
    this.written.set(`${kind}/${key}`, value);
    return 'write';
  }

  /** Makes records what they were. Rejects with AdminRequestError. */
  async putBack(admin: ArrayAdminClient, inventory: Inventory): Promise<void> {
    const now = new CreatedRecords(inventory).before;
    for (const [record, value] of this.written) {
      const [kind = '', key = ''] = [record.slice(0, record.indexOf('/')), record.slice(record.indexOf('/') + 1)];
      if (now.get(record) === value) continue;
      const path = kind === 'key-values' ? `/devmgr/v2/key-values/${encodeURIComponent(key)}` : kind;
      if (value === undefined)
        await admin.succeed('DELETE', kind === 'key-values' ? path : `${path}/${encodeURIComponent(key)}`);
      else if (kind === 'persistent-records') await admin.succeed('POST', path, { key, value });
      else await admin.succeed('POST', path, asJson(value));
    }
  }
}

export type RecordKind = 'persistent-records' | 'key-values';

/** A record of the drivers of Cinder with notes in it: some driver works with the array already. */
export function recordInUse({ persistentRecords, keyValues }: Inventory): InventoryRecord | undefined {
  return [...persistentRecords, ...keyValues].find(
    ({ key, value }) => key.startsWith('cinder-') && !isEmpty(value ?? ''),
  );
}

function isEmpty(value: string): boolean {
  return ['', '{}', '[]', 'null', '""'].includes(value.trim());
}

/** The value of a key is the body as it is; those that are put back are empty ones. */
function asJson(value: string): unknown {
  if (value === '') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
