import type { Socket } from 'node:net';
import { crc32c, crc32cOfShort } from './crc32c.js';
import { Login, type LoginAuthority, type LoginResult } from './login.js';
import type { MemoryBudget } from './memory-budget.js';
import { defaultDataBytes } from './negotiation.js';
import { headerBytes, opcodeOf, opcodes, padded } from './pdu.js';
import { PduReader, type PduSink, StreamError } from './pdu-reader.js';
import type { Session, Wire } from './session.js';

/** Bytes that may wait to be sent before commands have to wait. */
const congestedBytes = 2 ** 22;

/** Looks of the target at its connections until one that is still logging in is given up. */
const looksUntilLoggedIn = 3;

/** So much goes to an initiator that reads what it is sent, however much others keep. */
const alwaysSentBytes = 2 ** 16;

const padding = Buffer.alloc(4);

/** Who a connection belongs to. */
export interface ConnectionHost {
  readonly memory: MemoryBudget;
  readonly authority: (connection: Connection) => LoginAuthority;
  /** Begins the session that a login has led to. */
  begin(connection: Connection, login: LoginResult, tsih: number, statSerial: number): Session;
  closed(connection: Connection): void;
  /** Something that must not happen did: the connection is dropped, the others go on. */
  broken(error: unknown): void;
}

/** One TCP connection: it logs in, then it is a session. */
export class Connection implements Wire, PduSink {
  session: Session | undefined;
  private readonly login: Login;
  private readonly reader: PduReader;
  private headerDigest = false;
  private dataDigest = false;
  private looks = 0;
  private isOver = false;
  private readonly isOverNow = () => this.isOver;

  constructor(
    readonly socket: Socket,
    private readonly host: ConnectionHost,
  ) {
    this.login = new Login(host.authority(this));
    this.reader = new PduReader(this, defaultDataBytes, host.memory);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.push(chunk));
    socket.on('drain', () => this.drained());
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isOver = true;
      this.session?.closed();
      this.reader.close();
      host.closed(this);
    });
  }

  private push(chunk: Buffer): void {
    const { socket } = this;
    socket.cork();
    try {
      this.reader.push(chunk, this.isOverNow);
    } catch (error) {
      if (error instanceof StreamError) this.end();
      else this.fail(error);
    } finally {
      socket.uncork();
    }
    if (this.isCongested()) socket.pause();
  }

  private drained(): void {
    if (this.isOver) return;
    this.socket.cork();
    try {
      this.session?.resume();
    } catch (error) {
      this.fail(error);
    } finally {
      this.socket.uncork();
    }
    if (!this.isCongested()) this.socket.resume();
  }

  receive(header: Buffer, data: Buffer): void {
    if (this.session !== undefined) {
      this.session.receive(header, data);
      return;
    }
    if (opcodeOf(header) !== opcodes.login) {
      // Before the login is done nothing else is answered.
      this.destroy();
      return;
    }
    const answer = this.login.answer(header, data);
    this.send(answer.header, [answer.text], answer.text.length);
    if (answer.end === undefined) return;
    if (answer.end === 'refused') {
      this.end();
      return;
    }
    const { done, tsih } = answer.end;
    const { parameters } = done;
    this.session = this.host.begin(this, done, tsih, this.login.nextStatSerial);
    this.headerDigest = parameters.headerDigest;
    this.dataDigest = parameters.dataDigest;
    this.reader.headerDigest = parameters.headerDigest;
    this.reader.dataDigest = parameters.dataDigest;
    this.reader.mostDataBytes = parameters.targetDataBytes;
  }

  place(header: Buffer, dataBytes: number): Buffer | undefined {
    return this.session?.place(header, dataBytes);
  }

  damaged(header: Buffer): void {
    this.session?.damaged(header);
  }

  send(header: Buffer, pieces: readonly Uint8Array[] = [], dataBytes = 0): void {
    const { socket } = this;
    if (this.isOver) return;
    if (this.headerDigest) {
      const framed = Buffer.allocUnsafe(headerBytes + 4);
      header.copy(framed);
      framed.writeUInt32LE(crc32cOfShort(header), headerBytes);
      socket.write(framed);
    } else {
      socket.write(header);
    }
    if (dataBytes === 0) return;
    const pad = padded(dataBytes) - dataBytes;
    if (this.dataDigest) {
      // What is sent must be what the digest is of, even if the volume is written meanwhile.
      const body = Buffer.concat([...pieces, padding.subarray(0, pad), padding]);
      body.writeUInt32LE(crc32c(body.subarray(0, dataBytes + pad)), dataBytes + pad);
      const { memory } = this.host;
      memory.take(body.length);
      socket.write(body, () => memory.give(body.length));
      return;
    }
    for (const piece of pieces) socket.write(piece);
    if (pad > 0) socket.write(padding.subarray(0, pad));
  }

  isCongested(): boolean {
    return this.socket.writableLength > congestedBytes;
  }

  /** With a digest what is sent is a copy, which counts until it is gone. */
  hasRoomToSend(bytes: number): boolean {
    if (!this.dataDigest || this.host.memory.hasRoom(bytes)) return true;
    return bytes <= alwaysSentBytes && this.socket.writableLength === 0;
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    // Whatever was sent goes out; what still comes is not read.
    this.socket.end();
    this.socket.resume();
  }

  /** What was sent goes out, nothing that comes is heard, and the connection ends, whatever the other side does. */
  leave(): void {
    this.isOver = true;
    this.socket.destroySoon();
  }

  destroy(): void {
    this.isOver = true;
    this.socket.destroy();
  }

  private fail(error: unknown): void {
    this.destroy();
    this.host.broken(error);
  }

  /** Applies the idle timeout; before login it is a short one. */
  look(): void {
    if (this.session !== undefined && !this.isOver) {
      this.session.look();
      return;
    }
    this.looks++;
    if (this.looks >= looksUntilLoggedIn) this.destroy();
  }
}
