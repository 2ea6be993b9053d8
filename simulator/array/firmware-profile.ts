/**
 * What clients see differently by the firmware of the array (source: answers recorded from arrays of 08.10 to 11.90).
 * Everything that depends on the firmware asks here; the array's firmware is that of its preset.
 */
export interface FirmwareProfile {
  /** The RAID level of a volume in a disk pool: what its pieces are protected by, or just the pool's. */
  readonly diskPoolVolumeLevel: 'raid6' | 'raidDiskPool';
  /** The largest segment of dynamic segment sizing, in bytes. */
  readonly dssMaxSegmentBytes: number;
  /** How times end: the offset from UTC with or without a colon. */
  readonly utcOffset: '+00:00' | '+0000';
  /** Whether disk pools hold volumes of RAID 1 too, and say how much of either they could. */
  readonly diskPoolsHoldRaid1: boolean;
}

/** The profiles, newest first, with the first bundle of each. */
const profiles: readonly (readonly [firstBundle: string, profile: FirmwareProfile])[] = [
  [
    '08.62',
    { diskPoolVolumeLevel: 'raid6', dssMaxSegmentBytes: 131_072, utcOffset: '+00:00', diskPoolsHoldRaid1: true },
  ],
  ['08.20', { diskPoolVolumeLevel: 'raid6', dssMaxSegmentBytes: 0, utcOffset: '+0000', diskPoolsHoldRaid1: false }],
  [
    '00.00',
    { diskPoolVolumeLevel: 'raidDiskPool', dssMaxSegmentBytes: 0, utcOffset: '+0000', diskPoolsHoldRaid1: false },
  ],
];

/** The profile of a firmware bundle such as 08.90.02.00. Bundles of older arrays have two digits in each part too. */
export function firmwareProfile(bundle: string): FirmwareProfile {
  const found = profiles.find(([first]) => bundle >= first) ?? profiles.at(-1);
  if (found === undefined) throw new Error('there is no firmware profile');
  return found[1];
}
