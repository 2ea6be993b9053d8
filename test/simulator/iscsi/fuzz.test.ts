import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StorageArray } from '../../../simulator/array/storage-array.js';
import { IscsiTargetServer } from '../../../simulator/iscsi/target-server.js';
import { presets } from '../../../simulator/presets/models.js';
import { ownLoopback } from '../../loopback.js';
import { repetitions } from '../../repetitions.js';
import { type RawInitiator, rawInitiator, rawLogin, rawPdu } from './raw-initiator.js';

const initiator = 'iqn.1993-08.org.debian:01:fuzz';
const errors: unknown[] = [];
let array: StorageArray;
let server: IscsiTargetServer;
let port = 0;
let lun = 0;

beforeAll(async () => {
  const { demo } = presets;
  if (demo === undefined) throw new Error('no demo preset');
  array = new StorageArray({ preset: demo, seed: 1 });
  server = new IscsiTargetServer(array, {
    address: ownLoopback,
    firstPort: 0,
    anyPort: true,
    onError: (error) => errors.push(error),
    runtime: { every: () => () => undefined, after: () => undefined, random: (bytes) => Buffer.alloc(bytes, 5) },
  });
  await server.start();
  port = array.iscsiTarget.ports()[0]?.tcpListenPort ?? 0;
  const volume = array.volumes.create({
    label: 'fuzzed',
    poolRef: array.pools.find('DDP_1')?.ref ?? '',
    capacityBytes: 2 ** 30,
  });
  const host = array.hosts.create({
    label: 'fuzzer',
    hostTypeIndex: 28,
    groupRef: null,
    ports: [{ type: 'iscsi', address: initiator, label: 'fuzzer_1' }],
  });
  lun = array.mappings.create({ mappableRef: volume.ref, targetRef: host.ref }).lun;
});
afterAll(() => server.close());

const keys = () => ({ InitiatorName: initiator, TargetName: array.iscsiTarget.record.iqn, InitialR2T: 'No' });

/** Whether a session that does nothing wrong still reads. */
async function canary(): Promise<number | undefined> {
  const other = await rawInitiator(port);
  other.send(rawLogin(keys(), 99));
  await other.receive();
  other.send(rawPdu({ opcode: 0x01, flags: 0xc0, lun, tag: 9, words: { 20: 512, 24: 1 }, cdb: [0x00] }));
  const first = await other.receive();
  other.close();
  return first?.header[0];
}

/** PDUs that make some sense, as the ground that mutations start from. */
const sensible = fc.oneof(
  fc.constant(rawPdu({ opcode: 0x40, tag: 3, words: { 20: 0xffffffff, 24: 1 }, data: Buffer.from('ping') })),
  fc.constant(
    rawPdu({ opcode: 0x44, tag: 4, words: { 20: 0xffffffff, 24: 1 }, data: Buffer.from('SendTargets=All\0') }),
  ),
  fc.constant(rawPdu({ opcode: 0x42, flags: 0x85, tag: 5, words: { 24: 1 } })),
  fc.constant(rawPdu({ opcode: 0x42, flags: 0x81, tag: 6, words: { 20: 3, 24: 1, 32: 1 } })),
  fc.constant(rawPdu({ opcode: 0x46, flags: 0x80, tag: 7, words: { 24: 1 } })),
  fc.constant(rawPdu({ opcode: 0x05, tag: 8, words: { 20: 0xffffffff }, data: Buffer.alloc(512) })),
  fc.constant(rawPdu({ opcode: 0x10, flags: 0x80, tag: 2 })),
  fc.constant(rawPdu({ opcode: 0x1c, tag: 2 })),
  fc.constant(rawPdu({ opcode: 0x43, flags: 0x87, tag: 2, data: Buffer.from('InitiatorName=x\0') })),
  fc
    .tuple(
      fc.constantFrom(0x00, 0x12, 0x28, 0x2a, 0x88, 0x8a, 0x35, 0x42, 0x5f, 0x89, 0x83, 0xa0, 0xa3, 0x5e),
      fc.nat(255),
      fc.nat(2000),
    )
    .map(([operation, length, expected]) =>
      rawPdu({
        opcode: 0x01,
        flags: 0xe1,
        lun: 1,
        tag: 20 + length,
        words: { 20: expected, 24: 1 },
        cdb: [operation, 0, 0, 0, 0, 0, 0, 0, length],
        data: Buffer.alloc(expected % 513, operation),
      }),
    ),
);

const mutated = fc
  .tuple(sensible, fc.array(fc.tuple(fc.nat(47), fc.nat(255)), { maxLength: 4 }), fc.boolean())
  .map(([pdu, changes, keepLength]) => {
    const copy = Buffer.from(pdu);
    for (const [at, value] of changes) if (!keepLength || at < 4 || at > 7) copy[at] = value;
    return copy;
  });

async function settled({ socket }: RawInitiator): Promise<void> {
  // What was sent is taken in once the target has closed, or has answered a ping that only makes sense now.
  if (socket.destroyed) return;
  socket.end();
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    if (socket.destroyed) resolve();
  });
}

describe('an initiator that sends nonsense', () => {
  it.each(['before it has logged in', 'in the middle of its login', 'after it has logged in'])(
    'harms no other session: %s',
    async (state) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(mutated, { minLength: 1, maxLength: 12 }),
          fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }),
          async (pdus, cuts) => {
            const raw = await rawInitiator(port);
            if (state.startsWith('after')) {
              raw.send(rawLogin(keys()));
              await raw.receive();
            } else if (state.startsWith('in the middle')) {
              const begun = rawLogin(keys());
              begun[1] = 0x04;
              raw.send(begun);
              await raw.receive();
            }
            const stream = Buffer.concat(pdus);
            for (let at = 0, turn = 0; at < stream.length; turn++) {
              const length = cuts[turn % cuts.length] ?? 1;
              raw.send(stream.subarray(at, at + length));
              at += length;
            }
            await settled(raw);
            expect(errors).toEqual([]);
            expect(await canary()).toBe(0x21);
          },
        ),
        { numRuns: repetitions(50, 150) },
      );
      expect(array.check()).toEqual([]);
    },
  );
});
