import type { ArrayPreset } from '../array/preset.js';

type Firmware = ArrayPreset['firmware'];

/**
 * The releases that an array can be started with, oldest first (source: answers recorded from arrays of 08.42, 08.80 and
 * 08.90; the numbers of 11.70 and 12.00 follow their scheme).
 */
const releases: Readonly<Record<string, Omit<Firmware, 'nvsram'>>> = {
  '08.42': { bundle: '08.42.30.05', display: '11.40.3R2', management: '11.42.0G00.0001' },
  '11.70': { bundle: '08.70.00.00', display: '11.70', management: '11.70.00.0000' },
  '11.80': { bundle: '08.80.00.00', display: '11.80', management: '11.80.00.0000' },
  '11.90': { bundle: '08.90.02.00', display: '11.90R2', management: '11.90.00.9029' },
  '12.00': { bundle: '12.00.00.00', display: '12.00', management: '12.00.00.0000' },
};

export const firmwareReleases: readonly string[] = Object.keys(releases);

/**
 * A preset with the firmware of a release, e.g. '11.80': its versions, and what clients see differently by it.
 * undefined for a release that is not known.
 */
export function withFirmware(preset: ArrayPreset, release: string): ArrayPreset | undefined {
  const versions = Object.hasOwn(releases, release) ? releases[release] : undefined;
  if (versions === undefined) return undefined;
  // NVSRAM files are named by board, release and data, e.g. N5700-890834-D02.
  const digits = versions.bundle.slice(0, 5).replace('.', '').replace(/^0/, '').slice(0, 3);
  const nvsram = preset.firmware.nvsram.replace(/-\d{3}(\d{3}-)/, `-${digits}$1`);
  return { ...preset, firmware: { ...versions, nvsram } };
}
