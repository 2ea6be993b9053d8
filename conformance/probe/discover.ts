import { type ConnectOptions, connect } from './connect.js';
import { ProtocolViolation } from './errors.js';
import { formatPortal, parsePortal } from './portal.js';
import type { Pair } from './text-keys.js';

/** A target and where it is reached. */
export interface DiscoveredTarget {
  readonly name: string;
  readonly portals: readonly {
    /** `address:port`, as `connect` takes it. */
    readonly portal: string;
    readonly groupTag: number;
  }[];
}

export interface DiscoverOptions extends Omit<ConnectOptions, 'targetName' | 'discovery'> {
  /** `All` by default, or a target's name. */
  readonly sendTargets?: string;
}

/** Asks a portal for its targets in a discovery session of its own. Rejects as `connect` does, and with Rejected. */
export async function discover(options: DiscoverOptions): Promise<DiscoveredTarget[]> {
  const session = await connect({ ...options, discovery: true });
  try {
    const targets = parseTargets(await session.text([['SendTargets', options.sendTargets ?? 'All']]));
    await session.logout();
    return targets;
  } finally {
    session.close();
  }
}

/** Reads the answer to SendTargets. Throws ProtocolViolation for anything that isn't one (RFC 7143, appendix C). */
export function parseTargets(pairs: readonly Pair[]): DiscoveredTarget[] {
  const found: { name: string; portals: { portal: string; groupTag: number }[] }[] = [];
  for (const [key, value] of pairs) {
    if (key === 'TargetName') {
      found.push({ name: value, portals: [] });
      continue;
    }
    const target = found.at(-1);
    const match = /^(.+),(\d+)$/.exec(value);
    if (key !== 'TargetAddress' || target === undefined || match === null) {
      throw new ProtocolViolation('text', `${key}=${value} in the answer to SendTargets`);
    }
    target.portals.push({ portal: formatPortal(parsePortal(match[1] ?? '')), groupTag: Number(match[2]) });
  }
  return found;
}
