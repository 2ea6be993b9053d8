import { MemoryBudget } from '../../simulator/iscsi/memory-budget.js';
import { type RawInitiator, rawInitiator, rawLogin, rawPdu } from '../simulator/iscsi/raw-initiator.js';
import { command, openWireLab, transfer, type WireLab } from '../simulator/iscsi/wire-lab.js';
import { type FuzzArea, hold, type OpenArea } from './area.js';
import { type IscsiInput, iscsiInputs, type wireStates } from './iscsi-inputs.js';

/** How long the target may take to close a connection whose initiator has sent all. */
const closingMs = 20_000;

/** So many inputs are tried on a target, then on a new one: a try of one alone is then the same as in a run. */
const triesOfTarget = 200;

const initiator = 'iqn.1993-08.org.debian:01:raw';
const chapSecret = 'fuzzed-secret-12';

/** PDUs in every state of a connection. */
export const iscsiArea: FuzzArea = {
  name: 'iscsi',
  async open(): Promise<OpenArea> {
    const targets = new Targets();
    return {
      inputs: iscsiInputs,
      try: (input: IscsiInput) => tryPdus(targets, input),
      close: () => targets.close(),
    } as OpenArea;
  },
};

interface Target {
  readonly lab: WireLab;
  readonly memory: MemoryBudget;
  tries: number;
}

class Targets {
  private target: Target | undefined;

  async take(): Promise<Target> {
    if (this.target !== undefined && this.target.tries >= triesOfTarget) await this.close();
    if (this.target === undefined) {
      const memory = new MemoryBudget();
      this.target = { lab: await openWireLab(memory), memory, tries: 0 };
    }
    this.target.tries++;
    return this.target;
  }

  async close(): Promise<void> {
    await this.target?.lab.close();
    this.target = undefined;
  }
}

async function tryPdus(targets: Targets, { state, pdus, pieces }: IscsiInput): Promise<string> {
  const { lab, memory } = await targets.take();
  const names = Object.getOwnPropertyNames(Object.prototype).length;
  const { array } = lab;
  array.iscsiTarget.update({ chapEnabled: state === 'CHAP', chapSecret });
  const raw = await rawInitiator(lab.portOf());
  await reach[state](raw, lab);
  const stream = Buffer.concat(pdus.map((pdu) => Buffer.from(pdu, 'hex')));
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const length = pieces[turn % pieces.length] ?? 1;
    raw.send(stream.subarray(at, at + length));
    at += length;
  }
  const received = await closed(raw, lab);
  array.iscsiTarget.update({ chapEnabled: false });
  hold(lab.errors.length === 0, () => `the target fails: ${describe(lab.errors[0])}`);
  hold(Object.getOwnPropertyNames(Object.prototype).length === names, () => 'all objects have another property');
  const problems = array.check();
  hold(problems.length === 0, () => `the array is broken: ${problems.join('; ')}`);
  await canary(lab);
  // The target has its end of the connection a little later than the initiator.
  for (let turn = 0; turn < 1000 && memory.used > 0; turn++) {
    lab.later();
    await new Promise((resolve) => setImmediate(resolve));
  }
  hold(memory.used === 0, () => `${memory.used} bytes are kept after all connections ended`);
  return `${received} bytes`;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A session that does nothing wrong is served. */
async function canary(lab: WireLab): Promise<void> {
  const other = await rawInitiator(lab.portOf());
  const answer = await loggedIn(other, lab, {}, 99);
  hold(
    answer?.header.readUInt16BE(36) === 0,
    () => `another initiator cannot log in: ${answer?.header.toString('hex')}`,
  );
  other.send(rawPdu({ opcode: 0x00, immediate: true, tag: 9, words: { 20: 0xffffffff, 24: 1 } }));
  const pong = await other.receive();
  hold(pong?.header[0] === 0x20, () => `another session gets no answer to a ping: ${pong?.header.toString('hex')}`);
  other.close();
}

async function loggedIn(raw: RawInitiator, lab: WireLab, keys: Readonly<Record<string, string>>, isid = 1) {
  raw.send(rawLogin({ InitiatorName: initiator, TargetName: lab.array.iscsiTarget.record.iqn, ...keys }, isid));
  return raw.receive();
}

/** A login that stays in a stage: 0 security, 1 operational negotiation. */
async function inLogin(raw: RawInitiator, lab: WireLab, stage: number, keys: Readonly<Record<string, string>>) {
  const begun = rawLogin({ InitiatorName: initiator, TargetName: lab.array.iscsiTarget.record.iqn, ...keys });
  begun[1] = stage << 2;
  raw.send(begun);
  await raw.receive();
}

const reach: Readonly<Record<(typeof wireStates)[number], (raw: RawInitiator, lab: WireLab) => Promise<unknown>>> = {
  connected: async () => undefined,
  'security negotiation': (raw, lab) => inLogin(raw, lab, 0, { AuthMethod: 'None' }),
  CHAP: (raw, lab) => inLogin(raw, lab, 0, { AuthMethod: 'CHAP' }),
  'operational negotiation': (raw, lab) => inLogin(raw, lab, 1, { MaxBurstLength: '65536' }),
  'full feature phase': (raw, lab) => loggedIn(raw, lab, { InitialR2T: 'No', ImmediateData: 'Yes' }),
  digests: (raw, lab) => loggedIn(raw, lab, { HeaderDigest: 'CRC32C', DataDigest: 'CRC32C' }),
  async discovery(raw) {
    raw.send(rawLogin({ InitiatorName: initiator, SessionType: 'Discovery' }));
    await raw.receive();
  },
  async 'write that waits for data'(raw, lab) {
    await loggedIn(raw, lab, { InitialR2T: 'Yes', ImmediateData: 'No' });
    const cdb = transfer(0x2a, 0, 64);
    for (const tag of [2, 3]) raw.send(command({ lun: lab.luns[0], tag, serial: tag - 1, writes: 64 * 512, cdb }));
  },
  async 'read that is under way'(raw, lab) {
    await loggedIn(raw, lab, {});
    const cdb = transfer(0x28, 0, 4096);
    for (const tag of [2, 3]) raw.send(command({ lun: lab.luns[0], tag, serial: tag - 1, reads: 4096 * 512, cdb }));
  },
  async 'text negotiation'(raw, lab) {
    await loggedIn(raw, lab, {});
    raw.send(
      rawPdu({ opcode: 0x04, flags: 0x40, tag: 1, words: { 20: 0xffffffff, 24: 1 }, data: Buffer.from('SendTar') }),
    );
  },
  async 'logged out'(raw, lab) {
    await loggedIn(raw, lab, {});
    raw.send(rawPdu({ opcode: 0x06, immediate: true, flags: 0x80, tag: 1, words: { 24: 1 } }));
  },
};

/** Ends what is sent, and reads until the target has closed. Gives the number of bytes that came. */
async function closed({ socket }: RawInitiator, lab: WireLab): Promise<number> {
  if (!socket.destroyed) {
    socket.end();
    await new Promise<void>((resolve, reject) => {
      const late = () => reject(new Error(`the target does not close within ${closingMs / 1000} s`));
      const timer = setTimeout(late, closingMs);
      // What the target puts off happens at once.
      const later = setInterval(lab.later, 20);
      socket.once('close', () => {
        clearTimeout(timer);
        clearInterval(later);
        resolve();
      });
      if (socket.destroyed) socket.emit('close');
    });
  }
  return socket.bytesRead;
}
