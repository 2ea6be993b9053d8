import { StorageArray } from '../../../simulator/array/storage-array.js';
import type { MemoryBudget } from '../../../simulator/iscsi/memory-budget.js';
import { IscsiTargetServer } from '../../../simulator/iscsi/target-server.js';
import { presets } from '../../../simulator/presets/models.js';
import { ownLoopback } from '../../loopback.js';
import { type PduFields, type RawInitiator, rawInitiator, rawLogin, rawPdu } from './raw-initiator.js';

const initiator = 'iqn.1993-08.org.debian:01:raw';

/** A target on real sockets, with two volumes of one host, whose timers a test runs by hand. */
export interface WireLab {
  readonly array: StorageArray;
  readonly server: IscsiTargetServer;
  /** What went wrong in a way that must not be. */
  readonly errors: readonly unknown[];
  readonly luns: readonly [number, number];
  /** The target looks after the silent. */
  look(): void;
  /** All that was put off happens. */
  later(): void;
  portOf(index?: number): number;
  arrive(port?: number): Promise<RawInitiator>;
  /** Logs in, and hears what the units have to tell. */
  logIn(keys?: Readonly<Record<string, string>>, isid?: number, port?: number): Promise<RawInitiator>;
  close(): Promise<void>;
}

export async function openWireLab(memory?: MemoryBudget): Promise<WireLab> {
  const { demo } = presets;
  if (demo === undefined) throw new Error('no demo preset');
  const array = new StorageArray({ preset: demo, seed: 1 });
  const errors: unknown[] = [];
  const open: RawInitiator[] = [];
  const delayed: (() => void)[] = [];
  let look = () => {};
  const server = new IscsiTargetServer(array, {
    address: ownLoopback,
    firstPort: 0,
    anyPort: true,
    ...(memory === undefined ? {} : { memory }),
    onError: (error) => errors.push(error),
    runtime: {
      every(_milliseconds, action) {
        look = action;
        return () => undefined;
      },
      after: (_milliseconds, action) => void delayed.push(action),
      random: (bytes) => Buffer.alloc(bytes, 5),
    },
  });
  await server.start();
  array.setResetBaseline();
  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  const ports = [{ type: 'iscsi' as const, address: initiator, label: 'raw_1' }];
  const host = array.hosts.create({ label: 'raw', hostTypeIndex: 28, groupRef: null, ports });
  const volume = (label: string) => {
    const { ref } = array.volumes.create({ label, poolRef, capacityBytes: 2 ** 30 });
    return array.mappings.create({ mappableRef: ref, targetRef: host.ref }).lun;
  };
  const luns = [volume('one'), volume('two')] as const;
  const lab: WireLab = {
    array,
    server,
    errors,
    luns,
    look: () => look(),
    later: () => {
      for (const action of delayed.splice(0)) action();
    },
    portOf: (index = 0) => array.iscsiTarget.ports()[index]?.tcpListenPort ?? 0,
    async arrive(port = lab.portOf()) {
      const raw = await rawInitiator(port);
      open.push(raw);
      return raw;
    },
    async logIn(keys = {}, isid = 1, port = lab.portOf()) {
      const raw = await lab.arrive(port);
      raw.send(rawLogin({ InitiatorName: initiator, TargetName: array.iscsiTarget.record.iqn, ...keys }, isid));
      const answer = await raw.receive();
      if (answer?.header.readUInt16BE(36) !== 0) throw new Error(`login: ${answer?.header.toString('hex')}`);
      for (const lun of luns) {
        raw.send(command({ lun, tag: 0xfff0, serial: 1, immediate: true, cdb: [0] }));
        await raw.receive();
      }
      return raw;
    },
    async close() {
      for (const each of open.splice(0)) each.close();
      const closed = server.close();
      lab.later();
      await closed;
    },
  };
  return lab;
}

interface CommandFields extends Pick<PduFields, 'lun' | 'tag' | 'cdb' | 'data' | 'immediate'> {
  readonly serial: number;
  readonly reads?: number;
  readonly writes?: number;
  readonly isFinal?: boolean;
}

/** A SCSI command that reads or writes so many bytes. */
export function command({ serial, reads = 0, writes = 0, isFinal = true, ...fields }: CommandFields): Buffer {
  const flags = (isFinal ? 0x80 : 0) | (reads > 0 ? 0x40 : 0) | (writes > 0 ? 0x20 : 0) | 0x01;
  return rawPdu({ opcode: 0x01, flags, words: { 20: Math.max(reads, writes), 24: serial }, ...fields });
}

/** The CDB of READ(10) and WRITE(10). */
export function transfer(code: 0x28 | 0x2a, lba: number, blocks: number): number[] {
  return [code, 0, lba >>> 24, (lba >> 16) & 0xff, (lba >> 8) & 0xff, lba & 0xff, 0, blocks >> 8, blocks & 0xff];
}

export function ping(tag: number): Buffer {
  return rawPdu({ opcode: 0x00, immediate: true, tag, words: { 20: 0xffffffff, 24: 1 } });
}
