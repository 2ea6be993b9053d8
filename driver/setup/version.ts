import { NetAppDriverException } from '../errors.js';

type VersionKey = readonly [number, number, number, number];

/** What versions of the web services can do, each with the lowest that can (source: the documented driver's gating). */
const minimums = {
  autosupport: ['1.52.9000.3'],
  chapAuthentication: ['1.53.9010.15'],
  release13: ['1.53.9000.1'],
  release14: ['1.54.9000.1', '1.54.9090.0'],
} as const;

export type Feature = keyof typeof minimums;

/** Four numbers to compare. Within a release a lower third number is the newer build: 9000 is the release itself. */
function keyOf(version: string): VersionKey {
  const [, a, b, c, d] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (d === undefined)
    throw new NetAppDriverException(`The web services report the version '${version}': expected is A.B.C.D.`);
  return [Number(a), Number(b), 10_000 - Number(c), Number(d)];
}

function atLeast(running: VersionKey, minimum: VersionKey): boolean {
  for (const [index, wanted] of minimum.entries()) {
    const difference = (running[index] ?? 0) - wanted;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Whether a version of the web services can do something. Throws NetAppDriverException for a text that is no version. */
export function supports(version: string, feature: Feature): boolean {
  const running = keyOf(version);
  return minimums[feature].some((minimum) => atLeast(running, keyOf(minimum)));
}

export function minimumVersion(feature: Feature): string {
  return minimums[feature][0];
}
