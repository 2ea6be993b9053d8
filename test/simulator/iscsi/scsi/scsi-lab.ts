import { StorageArray } from '../../../../simulator/array/storage-array.js';
import { ScsiTarget } from '../../../../simulator/iscsi/scsi/scsi-target.js';
import type { Nexus, Outcome, TaskControl } from '../../../../simulator/iscsi/scsi/types.js';
import { presets } from '../../../../simulator/presets/models.js';

/** How a command ended. */
export interface Answer {
  /** 'good', 'conflict', another status, or sense as key/asc/ascq: '5/24/00'. */
  readonly end: string;
  readonly data: Buffer;
  readonly sense: Buffer;
  /** What the target wanted to be sent, in bytes. */
  readonly wanted: number;
}

export interface Host {
  readonly nexus: Nexus;
  /** Sends a CDB, in hex or as bytes, and what the command takes. */
  send(cdb: string | Buffer, data?: Uint8Array, lun?: number): Promise<Answer>;
  /** What the unit has to tell, which is forgotten thereby: '29/00'. */
  told(lun?: number): Promise<string[]>;
}

export interface ScsiLab {
  readonly array: StorageArray;
  readonly target: ScsiTarget;
  readonly aborts: Parameters<TaskControl['abort']>[0][];
  /** A session of an initiator port at the portal of a controller (0 or 1), with nothing left to tell. */
  host(options?: { readonly isid?: string; readonly controller?: number; readonly keepAttentions?: boolean }): Host;
  /** Makes a volume and maps it; the LUN. */
  volume(options?: { readonly mib?: number; readonly blockBytes?: 512 | 4096; readonly thin?: boolean }): {
    readonly ref: string;
    readonly lun: number;
  };
  /** Maps a volume or view to the host; the LUN. */
  map(mappableRef: string): number;
}

const initiatorName = 'iqn.2026-01.com.example:host';
const mib = 2 ** 20;

/** An array and its SCSI target without a socket: every command is called as the wire would call it. */
export function openScsiLab(): ScsiLab {
  const { demo } = presets;
  if (demo === undefined) throw new Error('no demo preset');
  const array = new StorageArray({ preset: demo, seed: 1 });
  const aborts: Parameters<TaskControl['abort']>[0][] = [];
  const target = new ScsiTarget(array, {
    tasks: {
      abort(which) {
        aborts.push(which);
        return new Set();
      },
    },
  });
  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  const hostRef = array.hosts.create({
    label: 'lab',
    hostTypeIndex: 28,
    groupRef: null,
    ports: [{ type: 'iscsi', address: initiatorName, label: 'lab_1' }],
  }).ref;
  const lab: ScsiLab = {
    array,
    target,
    aborts,
    host({ isid = '800000000001', controller = 0, keepAttentions = false } = {}) {
      const nexus = nexusOf(array, isid, controller);
      target.attach(nexus);
      const host = hostOf(target, nexus);
      if (!keepAttentions) for (let lun = 0; lun < 8; lun++) while (attentionAt(target, nexus, lun));
      return host;
    },
    volume({ mib: size = 16, blockBytes = 512, thin = false } = {}) {
      const label = `volume${array.tables.volumes.size}`;
      const { ref } = thin
        ? array.thinVolumes.create({ label, poolRef, virtualBytes: size * mib })
        : array.volumes.create({ label, poolRef, capacityBytes: size * mib, blockSizeBytes: blockBytes });
      return { ref, lun: lab.map(ref) };
    },
    map: (mappableRef) => array.mappings.create({ mappableRef, targetRef: hostRef }).lun,
  };
  return lab;
}

function nexusOf(array: StorageArray, isid: string, controller: number): Nexus {
  const { ref: controllerRef, slot: groupTag } = array.controllers.list()[controller] ?? { ref: '', slot: 0 };
  const relativeId = array.iscsiTarget.ports().findIndex((port) => port.controllerRef === controllerRef) + 1;
  return {
    initiatorName,
    isid,
    targetName: array.iscsiTarget.record.iqn,
    port: { controllerRef, relativeId, groupTag },
    id: `${isid}/${groupTag}`,
  };
}

function hostOf(target: ScsiTarget, nexus: Nexus): Host {
  return {
    nexus,
    async send(cdb, data = Buffer.alloc(0), lun = 1) {
      const step = await target.begin(nexus, lun, typeof cdb === 'string' ? cdbOf(cdb) : cdb);
      if (!('finish' in step)) return answerOf(step, 0);
      const takesIt = data.length === step.dataOutBytes || (step.takesLess && data.length < step.dataOutBytes);
      if (!takesIt) return answerOf(target.invalidLength(nexus, lun, step.exact), step.dataOutBytes);
      return answerOf(await step.finish(Buffer.from(data)), step.dataOutBytes);
    },
    async told(lun = 1) {
      const told: string[] = [];
      for (let sense = attentionAt(target, nexus, lun); sense; sense = attentionAt(target, nexus, lun))
        told.push(endOf({ status: 2, sense }).slice(2));
      return told;
    },
  };
}

/** TEST UNIT READY: sense data of an attention, if one waits. */
function attentionAt(target: ScsiTarget, nexus: Nexus, lun: number): Buffer | undefined {
  const step = target.begin(nexus, lun, Buffer.alloc(16));
  if (step instanceof Promise || 'finish' in step) throw new Error('TEST UNIT READY ends at once');
  const { sense } = step;
  return sense !== undefined && endOf(step).startsWith('6/') ? sense : undefined;
}

/** A CDB from hex; spaces do not matter, zeros follow. */
function cdbOf(hex: string): Buffer {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, 16 - bytes.length))]);
}

/** Bytes in hex, spaces do not matter. */
export function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
}

/** `value` as `bytes` bytes in hex. */
export function be(value: number | bigint, bytes: number): string {
  return value.toString(16).padStart(2 * bytes, '0');
}

/** Different bytes everywhere: what is put in the wrong place shows. */
export function pattern(seed: number, bytes: number): Buffer {
  const data = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at++) data[at] = (seed * 31 + at * 7 + (at >> 8)) & 0xff;
  return data;
}

function answerOf(outcome: Outcome, wanted: number): Answer {
  const { dataIn = [], dataInBytes = 0, sense = Buffer.alloc(0) } = outcome;
  return { end: endOf(outcome), data: Buffer.concat([...dataIn], dataInBytes), sense, wanted };
}

function endOf({ status, sense }: Outcome): string {
  if (status === 0) return 'good';
  if (status === 0x18) return 'conflict';
  if (status !== 2 || sense === undefined) return `status ${status}`;
  const [key = 0, asc = 0, ascq = 0] =
    ((sense[0] ?? 0) & 0x7f) >= 0x72 ? sense.subarray(1, 4) : [(sense[2] ?? 0) & 0x0f, sense[12], sense[13]];
  return [key.toString(16), be(asc, 1), be(ascq, 1)].join('/');
}
