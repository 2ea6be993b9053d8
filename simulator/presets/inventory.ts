import type { ArrayPreset } from '../array/preset.js';

export interface Inventory {
  readonly pools?: number;
  readonly volumes?: number;
  readonly hosts?: number;
}

const drivesPerPool = 12;
const volumeBytes = 2 ** 30;

/**
 * A preset with so many pools, volumes and hosts instead of its own, under predictable names: pool_01, volume_0001,
 * host_01. Drives and limits grow as needed; what is not said stays as the preset has it.
 */
export function inventoryPreset(base: ArrayPreset, { pools, volumes, hosts }: Inventory): ArrayPreset {
  const madePools =
    pools === undefined
      ? base.pools
      : numbered(pools, 'pool_', 2).map(
          (label) => ({ label, raidLevel: 'raidDiskPool', drives: drivesPerPool, media: 'hdd' }) as const,
        );
  const labels = madePools.map((pool) => pool.label);
  const limits = {
    ...base.limits,
    volumes: Math.max(base.limits.volumes, volumes ?? 0),
    volumesPerPool: Math.max(base.limits.volumesPerPool, volumes ?? 0),
    hosts: Math.max(base.limits.hosts, hosts ?? 0),
  };
  return {
    ...base,
    limits,
    drives: pools === undefined ? base.drives : enoughDrives(base, pools * drivesPerPool),
    pools: madePools,
    volumes:
      volumes === undefined
        ? base.volumes
        : numbered(labels.length === 0 ? 0 : volumes, 'volume_', 4).map((label, index) => ({
            label,
            pool: labels[index % labels.length] ?? '',
            capacityBytes: volumeBytes,
          })),
    hosts:
      hosts === undefined
        ? base.hosts
        : numbered(hosts, 'host_', 2).map((label) => ({
            label,
            ports: [
              {
                type: 'iscsi',
                address: `iqn.1993-08.org.debian:01:${label.replace('_', '-')}`,
                label: `${label}_port_1`,
              },
            ],
          })),
  };
}

/** The preset's drives, with more hard disks of its first kind in front when they would not do for the pools. */
function enoughDrives(base: ArrayPreset, wanted: number): ArrayPreset['drives'] {
  const [kind] = base.drives.filter((group) => group.media === 'hdd');
  const template =
    kind ?? ({ media: 'hdd', physicalType: 'sas', capacityBytes: 10e12, spindleSpeedRpm: 7200, count: 0 } as const);
  return [{ ...template, count: Math.max(wanted, template.count) }, ...base.drives.filter((group) => group !== kind)];
}

function numbered(count: number, prefix: string, digits: number): string[] {
  return Array.from({ length: count }, (_, index) => prefix + String(index + 1).padStart(digits, '0'));
}
