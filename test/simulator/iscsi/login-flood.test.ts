import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownLoopback } from '../../loopback.js';
import { rawLogin } from './raw-initiator.js';
import { openWireLab, type WireLab } from './wire-lab.js';

let lab: WireLab;
const idle: Socket[] = [];

beforeEach(async () => {
  lab = await openWireLab();
});

afterEach(async () => {
  for (const socket of idle.splice(0)) socket.destroy();
  await lab.close();
  expect(lab.errors).toEqual([]);
});

/** A connection that says nothing. */
async function silent(): Promise<Socket> {
  const socket = connect({ host: ownLoopback, port: lab.portOf() });
  socket.on('error', () => undefined);
  idle.push(socket);
  await once(socket, 'connect');
  return socket;
}

describe('connections that do not log in', () => {
  it('keep nobody out: the oldest of them makes room', async () => {
    const [first] = await Promise.all(Array.from({ length: 600 }, silent));
    if (first !== undefined && !first.closed) await once(first, 'close');
    const raw = await lab.logIn();
    raw.close();
  });

  it('do not push out one that has logged in', async () => {
    const raw = await lab.logIn();
    for (let count = 0; count < 3; count++) await Promise.all(Array.from({ length: 300 }, silent));
    expect(raw.socket.destroyed).toBe(false);
  });

  it('let all but few of the logins in that come among them', async () => {
    let isOver = false;
    const flood = async () => {
      while (!isOver) {
        (await silent()).resume();
        if (idle.length > 1500) idle.shift()?.destroy();
      }
    };
    const floods = [flood(), flood()];
    let late = 0;
    for (let isid = 1; isid <= 200; isid++) {
      const begin = performance.now();
      const raw = await lab.arrive();
      raw.send(
        rawLogin(
          { InitiatorName: 'iqn.1993-08.org.debian:01:raw', TargetName: lab.array.iscsiTarget.record.iqn },
          isid % 100,
        ),
      );
      const answer = await raw.receive();
      if (answer?.header.readUInt16BE(36) !== 0 || performance.now() - begin > 1000) late++;
      raw.close();
    }
    isOver = true;
    await Promise.all(floods);
    expect(late).toBeLessThanOrEqual(2);
  });
});

describe('the sessions of a portal', () => {
  it('are at most 256: a further one is refused for want of resources', async () => {
    const raws = await Promise.all(Array.from({ length: 256 }, (_, index) => lab.logIn({}, index + 1)));
    const raw = await lab.arrive();
    raw.send(
      rawLogin({ InitiatorName: 'iqn.1993-08.org.debian:01:raw', TargetName: lab.array.iscsiTarget.record.iqn }, 999),
    );
    expect((await raw.receive())?.header.readUInt16BE(36)).toBe(0x0302);
    raws[0]?.close();
  });
});
