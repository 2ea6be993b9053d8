import { type Answer, be, type Host, hex } from './scsi-lab.js';

/** Service actions of PERSISTENT RESERVE OUT. */
export const outActions = {
  register: 0,
  reserve: 1,
  release: 2,
  clear: 3,
  preempt: 4,
  preemptAndAbort: 5,
  registerAndIgnore: 6,
} as const;

export type OutAction = keyof typeof outActions;

export interface OutFields {
  readonly key?: number;
  readonly newKey?: number;
  readonly type?: number;
  /** SPEC_I_PT 08, ALL_TG_PT 04, APTPL 01. */
  readonly flags?: number;
  /** TransportIDs with their length before them, in hex. */
  readonly more?: string;
}

export function reserveOut(host: Host, action: OutAction, fields: OutFields = {}): Promise<Answer> {
  const { key = 0, newKey = 0, type = 0, flags = 0, more = '' } = fields;
  const list = hex(`${be(key, 8)} ${be(newKey, 8)} 00000000 ${be(flags, 1)} 000000 ${more}`);
  return host.send(`5f ${be(outActions[action], 1)} ${be(type, 1)} 0000 ${be(list.length, 4)} 00`, list);
}

/** READ KEYS, READ RESERVATION, REPORT CAPABILITIES and READ FULL STATUS. */
export async function reserveIn(host: Host, action: 0 | 1 | 2 | 3, allocationBytes = 4096): Promise<Buffer> {
  return (await host.send(`5e ${be(action, 1)} 0000000000 ${be(allocationBytes, 2)} 00`)).data;
}
