import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repetitions } from '../../../repetitions.js';
import { type OutAction, outActions, reserveIn, reserveOut } from './persistent-reservations.js';
import { newReservationModel, type ReservationModel } from './reservation-model.js';
import { be, hex, openScsiLab } from './scsi-lab.js';

const step = fc.record({
  who: fc.nat(2),
  action: fc.constantFrom(...(Object.keys(outActions) as OutAction[])),
  /** More often than not the key that the host has. */
  key: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.nat(3)),
  newKey: fc.nat(3),
  type: fc.constantFrom(1, 3, 5, 6, 7, 8),
});

/** READ RESERVATION's answer as SPC-4, 6.15.3 has it. */
function reservationOf({ keys, reservation, generation }: ReservationModel): Buffer {
  if (reservation === undefined) return hex(`${be(generation, 4)} 00000000`);
  const key = reservation.holder === undefined ? 0 : (keys.get(reservation.holder) ?? 0);
  return hex(`${be(generation, 4)} 00000010 ${be(key, 8)} 00000000 00 ${be(reservation.type, 1)} 0000`);
}

describe('persistent reservations of three initiator ports', () => {
  it('are as the standard tells', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const lab = openScsiLab();
        lab.volume();
        const hosts = ['800000000001', '800000000002', '800000000001'].map((isid, index) =>
          lab.host({ isid, controller: index === 2 ? 1 : 0 }),
        );
        const model = newReservationModel();
        for (const { who, action, key = model.keys.get(who) ?? 0, newKey, type } of steps) {
          const host = hosts[who];
          if (host === undefined) throw new Error('no such host');
          expect(await host.told()).toEqual(model.takeAttentions(who));
          const { end } = await reserveOut(host, action, { key, newKey, type });
          expect([action, end]).toEqual([action, model.out(who, action, { key, newKey, type })]);
          const keys = await reserveIn(host, 0);
          expect([keys.readUInt32BE(0), keys.readUInt32BE(4)]).toEqual([model.generation, 8 * model.keys.size]);
          expect(await reserveIn(host, 1)).toEqual(reservationOf(model));
          for (const [index, each] of hosts.entries()) {
            expect(await each.told()).toEqual(model.takeAttentions(index));
            const read = await each.send('28 00 00000000 00 0001');
            const write = await each.send('2a 00 00000000 00 0001', Buffer.alloc(512));
            expect([read.end, write.end]).toEqual(
              (['read', 'write'] as const).map((access) => (model.mayAccess(index, access) ? 'good' : 'conflict')),
            );
          }
        }
        expect(lab.array.check()).toEqual([]);
      }),
      { numRuns: repetitions(20, 60) },
    );
  });
});
