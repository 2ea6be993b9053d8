import type { NewVolume } from '../transport/array-client.js';

const truths = new Set(['true', 'y', 'yes', 'enabled', '1']);

/** A spec as the driver reads it: plain words, or the scheduler's `<is> True`. Absent is null. */
function flagOf(specs: Readonly<Record<string, string>>, name: string): boolean | null {
  const value = specs[name];
  if (value === undefined || value === null) return null;
  return truths.has(
    String(value)
      .trim()
      .replace(/^<is>\s*/i, '')
      .toLowerCase(),
  );
}

export type Caching = Pick<
  NewVolume,
  'thinProvision' | 'dataAssuranceEnable' | 'flashCacheEnable' | 'readCacheEnable' | 'writeCacheEnable'
>;

/** What a volume type's extra specs say about a new volume (source: the documented driver's extra specs). */
export function cachingOf(specs: Readonly<Record<string, string>>): Caching {
  return {
    thinProvision: flagOf(specs, 'netapp_thin_provisioned'),
    dataAssuranceEnable: flagOf(specs, 'netapp_eseries_data_assurance'),
    flashCacheEnable: flagOf(specs, 'netapp_eseries_flash_read_cache'),
    readCacheEnable: flagOf(specs, 'netapp:read_cache'),
    writeCacheEnable: flagOf(specs, 'netapp:write_cache'),
  };
}

/** Whether a volume type asks for a replica; both spellings of the documents. */
export function isReplicated(specs: Readonly<Record<string, string>>): boolean {
  return flagOf(specs, 'replication') === true || flagOf(specs, 'capabilities:replication') === true;
}
