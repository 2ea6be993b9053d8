import { isPlainObject } from '../manager/driver-answers.js';
import type { DriverCall } from '../manager/outcome.js';
import type { CallStep } from './format.js';

/** What the statistics of the driver last said of itself and its pools, by capability: every value that was told. */
export type Offers = ReadonlyMap<string, readonly unknown[]>;

/** The offers in an answer of get_volume_stats; undefined for other calls and answers. */
export function offersIn({ method, answer }: DriverCall): Offers | undefined {
  if (method !== 'get_volume_stats' || !('returned' in answer) || !isPlainObject(answer.returned)) return undefined;
  const { pools } = answer.returned;
  const told = [answer.returned, ...(Array.isArray(pools) ? pools.filter(isPlainObject) : [])];
  const offers = new Map<string, unknown[]>();
  for (const each of told)
    for (const [name, value] of Object.entries(each)) offers.set(name, [...(offers.get(name) ?? []), value]);
  return offers;
}

/**
 * An extra spec of the step's type that no pool of the driver fulfils: Cinder's scheduler would never give such a volume to
 * this driver (source: R62). undefined where there is none, and where the step is about a refusal.
 */
export function specNotOffered({ type, expect = {} }: CallStep, offers: Offers | undefined): string | undefined {
  if (type === undefined || offers === undefined) return undefined;
  if (expect.mayRaise !== true && (expect.raises !== undefined || expect.manager !== undefined)) return undefined;
  return Object.entries(type).find(([spec, wanted]) => isNotOffered(spec, String(wanted), offers))?.[0];
}

function isNotOffered(spec: string, wanted: string, offers: Offers): boolean {
  const [scope, scoped] = spec.split(':', 2);
  // Specs of another scope are the driver's own affair.
  if (scoped !== undefined && scope !== 'capabilities') return false;
  if (!/^(<is>\s+)?true$/i.test(wanted)) return false;
  const values = offers.get(scoped ?? spec) ?? [];
  return values.every((value) => !/^(<is>\s+)?true$/i.test(String(value)));
}
