import type { ArrayPreset } from '../array/preset.js';
import type { Limits } from '../array/records.js';

/** Limits of the firmware that hold for all models, with what differs filled in. */
function limitsOf(volumes: number, snapshotGroups: number, drives: number): Limits {
  return {
    volumes,
    volumesPerPool: volumes,
    thinVolumes: volumes,
    hosts: 512,
    hostGroups: 256,
    lunsPerHost: 256,
    snapshotImagesPerGroup: 32,
    snapshotGroupsPerVolume: 4,
    snapshotGroups,
    snapshotImages: snapshotGroups * 2,
    viewsPerImage: 4,
    views: 1024,
    consistencyGroups: 32,
    consistencyGroupMembers: 64,
    volumeCopies: 2047,
    concurrentRollbacks: 8,
    repositoryMembers: 16,
    drives,
    maxVolumeBytes: 2 ** 48,
  };
}

const firmware = {
  bundle: '08.90.02.00',
  display: '11.90R2',
  management: '11.90.00.9029',
  nvsram: 'N280X-890834-D02',
};

const terabyte = 1e12;

/** A 2U, 24-drive hybrid array (E2800). */
const e2824: ArrayPreset = {
  name: 'e2824',
  label: 'e2824',
  model: '2806',
  boardId: '2806',
  firmware,
  trayType: 'de224c',
  slotsPerTray: 24,
  cacheMemoryMib: 14_336,
  iscsiPortsPerController: 2,
  limits: limitsOf(512, 512, 180),
  drives: [
    { count: 18, media: 'hdd', physicalType: 'sas', capacityBytes: 1.8 * terabyte, spindleSpeedRpm: 10_000 },
    { count: 6, media: 'ssd', physicalType: 'sas', capacityBytes: 1.6 * terabyte, spindleSpeedRpm: 0 },
  ],
  pools: [
    { label: 'DDP_1', raidLevel: 'raidDiskPool', drives: 16, media: 'hdd' },
    { label: 'SSD_R5', raidLevel: 'raid5', drives: 5, media: 'ssd' },
  ],
  volumes: [],
  hosts: [],
  counters: { snapshotSequence: 1, volumeHandle: 0, repository: 1, event: 1 },
};

/** A 4U, 60-drive hybrid array (E5700). */
const e5760: ArrayPreset = {
  ...e2824,
  name: 'e5760',
  label: 'e5760',
  model: '5700',
  boardId: '5700',
  firmware: { ...firmware, nvsram: 'N5700-890834-D02' },
  trayType: 'de460c',
  slotsPerTray: 60,
  cacheMemoryMib: 49_152,
  iscsiPortsPerController: 4,
  limits: limitsOf(2048, 1024, 480),
  drives: [
    { count: 54, media: 'hdd', physicalType: 'sas', capacityBytes: 10 * terabyte, spindleSpeedRpm: 7200 },
    { count: 6, media: 'ssd', physicalType: 'sas', capacityBytes: 3.2 * terabyte, spindleSpeedRpm: 0 },
  ],
  pools: [
    { label: 'DDP_1', raidLevel: 'raidDiskPool', drives: 40, media: 'hdd' },
    { label: 'HDD_R6', raidLevel: 'raid6', drives: 10, media: 'hdd' },
    { label: 'SSD_R1', raidLevel: 'raid1', drives: 4, media: 'ssd' },
  ],
};

/** A 2U, 24-drive all-NVMe array (EF600). */
const ef600: ArrayPreset = {
  ...e2824,
  name: 'ef600',
  label: 'ef600',
  model: 'EF600',
  boardId: '6000',
  firmware: { ...firmware, nvsram: 'N6000-890834-D02' },
  trayType: 'de224c',
  cacheMemoryMib: 65_536,
  iscsiPortsPerController: 4,
  limits: limitsOf(1024, 1024, 240),
  drives: [{ count: 24, media: 'ssd', physicalType: 'nvme4k', capacityBytes: 3.84 * terabyte, spindleSpeedRpm: 0 }],
  pools: [
    { label: 'DDP_1', raidLevel: 'raidDiskPool', drives: 12, media: 'ssd' },
    { label: 'NVME_R6', raidLevel: 'raid6', drives: 8, media: 'ssd' },
  ],
};

/**
 * A small array with history: a disk pool, an SSD and a RAID 1 group, a host. Its drives are large and its volume
 * limit is above any real model's, so that experiments don't run out of it.
 */
export const demo: ArrayPreset = {
  ...e2824,
  name: 'demo',
  label: 'demo',
  model: '5700',
  boardId: '5700',
  firmware: { ...firmware, nvsram: 'N5700-890834-D02' },
  trayType: 'de460c',
  slotsPerTray: 60,
  limits: limitsOf(16_384, 1024, 480),
  drives: [
    { count: 22, media: 'hdd', physicalType: 'sas', capacityBytes: 10 * terabyte, spindleSpeedRpm: 7200 },
    { count: 10, media: 'ssd', physicalType: 'sas', capacityBytes: 3.2 * terabyte, spindleSpeedRpm: 0 },
    { count: 6, media: 'hdd', physicalType: 'sas', capacityBytes: 1.8 * terabyte, spindleSpeedRpm: 10_000 },
  ],
  pools: [
    { label: 'DDP_1', raidLevel: 'raidDiskPool', drives: 15, media: 'hdd' },
    { label: 'SSD_R6', raidLevel: 'raid6', drives: 6, media: 'ssd' },
    { label: 'HDD_R1', raidLevel: 'raid1', drives: 4, media: 'hdd' },
  ],
  hosts: [
    {
      label: 'demo-host',
      ports: [{ type: 'iscsi', address: 'iqn.1993-08.org.debian:01:demo', label: 'demo-host-1' }],
    },
  ],
  counters: { snapshotSequence: 8000, volumeHandle: 0, repository: 1, event: 20_001 },
};

/** The drives of `demo` and nothing else. */
const empty: ArrayPreset = {
  ...demo,
  name: 'empty',
  label: 'empty',
  pools: [],
  hosts: [],
  counters: { snapshotSequence: 1, volumeHandle: 0, repository: 1, event: 1 },
};

/** The arrays to start with, by name. */
export const presets: Readonly<Record<string, ArrayPreset>> = { demo, e2824, e5760, ef600, empty };
