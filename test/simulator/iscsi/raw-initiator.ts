import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ownLoopback } from '../../loopback.js';

/** A connection that sends whatever bytes it is given, and cuts what comes back into PDUs. */
export interface RawInitiator {
  readonly socket: Socket;
  send(bytes: Buffer): void;
  /** The next PDU; undefined once the target has closed. */
  receive(): Promise<{ readonly header: Buffer; readonly data: Buffer } | undefined>;
  close(): void;
}

/** Connects to a port of this process' own loopback address. */
export async function rawInitiator(port: number): Promise<RawInitiator> {
  const socket = connect({ host: ownLoopback, port, noDelay: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  let buffered = Buffer.alloc(0);
  let isClosed = false;
  let wake: () => void = () => undefined;
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    wake();
  });
  socket.on('close', () => {
    isClosed = true;
    wake();
  });
  return {
    socket,
    send: (bytes) => void (socket.destroyed || socket.write(bytes)),
    async receive() {
      for (;;) {
        if (buffered.length >= 48) {
          const bytes = buffered.readUIntBE(5, 3);
          const end = 48 + bytes + ((4 - (bytes % 4)) % 4);
          if (buffered.length >= end) {
            const pdu = { header: buffered.subarray(0, 48), data: buffered.subarray(48, 48 + bytes) };
            buffered = buffered.subarray(end);
            return pdu;
          }
        }
        if (isClosed) return undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close: () => socket.destroy(),
  };
}

export interface PduFields {
  readonly opcode: number;
  readonly immediate?: boolean;
  readonly flags?: number;
  readonly lun?: number;
  readonly tag?: number;
  /** 32-bit words by their offset in the header. */
  readonly words?: Readonly<Record<number, number>>;
  readonly cdb?: readonly number[];
  readonly data?: Buffer;
}

export function rawPdu({ opcode, immediate, flags = 0x80, lun, tag = 1, words = {}, cdb, data }: PduFields): Buffer {
  const header = Buffer.alloc(48);
  header[0] = opcode | (immediate ? 0x40 : 0);
  header[1] = flags;
  header.writeUIntBE(data?.length ?? 0, 5, 3);
  if (lun !== undefined) header[9] = lun;
  header.writeUInt32BE(tag, 16);
  for (const [at, value] of Object.entries(words)) header.writeUInt32BE(value >>> 0, Number(at));
  if (cdb !== undefined) Buffer.from(cdb).copy(header, 32);
  return Buffer.concat([header, data ?? Buffer.alloc(0), Buffer.alloc((4 - ((data?.length ?? 0) % 4)) % 4)]);
}

/** A login in one PDU, straight to the full feature phase. */
export function rawLogin(keys: Readonly<Record<string, string>>, isid = 1): Buffer {
  const text = Object.entries(keys)
    .map(([key, value]) => `${key}=${value}\0`)
    .join('');
  const pdu = rawPdu({ opcode: 0x43, flags: 0x87, words: { 24: 1, 28: 1 }, data: Buffer.from(text) });
  pdu[8] = 0x80;
  pdu.writeUInt32BE(isid, 9);
  return pdu;
}
