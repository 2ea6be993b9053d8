import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChapAccount } from '../../../simulator/iscsi/chap.js';
import { Login, type LoginAnswer, type LoginAuthority, type LoginResult } from '../../../simulator/iscsi/login.js';

const target = 'iqn.1992-08.com.netapp:2806.600a098000a4b28d000000005cf10481';
const initiator = 'iqn.1993-08.org.debian:01:abc';

function authority(accounts: readonly ChapAccount[] | null = null) {
  const admitted: LoginResult[] = [];
  const failures: string[] = [];
  let dice = 1;
  const made: LoginAuthority = {
    targetName: target,
    targetAlias: '',
    groupTag: 2,
    accountsOf: () => accounts,
    admit: (login) => {
      admitted.push(login);
      return { tsih: 0x1234 };
    },
    failed: (name) => failures.push(name),
    random: (bytes) => Buffer.alloc(bytes, dice++),
  };
  return { made, admitted, failures };
}

/** A login request; stages: 0 security, 1 operational, 3 full feature. */
function request(
  keys: Readonly<Record<string, string>>,
  say: { from?: number; to?: number; more?: boolean; version?: number; tsih?: number; isid?: string } = {},
): [Buffer, Buffer] {
  const data = Buffer.from(
    Object.entries(keys)
      .map(([key, value]) => `${key}=${value}\0`)
      .join(''),
  );
  const header = Buffer.alloc(48);
  header[0] = 0x43;
  header[1] = (say.to === undefined ? 0 : 0x80 | say.to) | (say.more ? 0x40 : 0) | ((say.from ?? 1) << 2);
  header[3] = say.version ?? 0;
  header.writeUIntBE(data.length, 5, 3);
  header.write(say.isid ?? '80aabbccddee', 8, 'hex');
  header.writeUInt16BE(say.tsih ?? 0, 14);
  header.writeUInt32BE(7, 16);
  header.writeUInt32BE(100, 24);
  header.writeUInt32BE(500, 28);
  return [header, data];
}

const who = { InitiatorName: initiator, TargetName: target };

function keysOf(answer: LoginAnswer): Record<string, string> {
  const pairs = answer.text
    .toString()
    .split('\0')
    .filter(Boolean)
    .map((pair) => pair.split(/=(.*)/s).slice(0, 2));
  return Object.fromEntries(pairs) as Record<string, string>;
}

const statusOf = (answer: LoginAnswer) => answer.header.readUInt16BE(36);

describe('a login', () => {
  it('is done in one PDU when the initiator wants it so', () => {
    const { made, admitted } = authority();
    const answer = new Login(made).answer(
      ...request({ ...who, HeaderDigest: 'None,CRC32C', MaxRecvDataSegmentLength: '262144' }, { from: 1, to: 3 }),
    );
    expect([...answer.header.subarray(0, 4)]).toEqual([0x23, 0x87, 0, 0]);
    expect(answer.header.toString('hex', 8, 16)).toBe('80aabbccddee1234');
    expect(answer.header.readUInt32BE(16)).toBe(7);
    expect([24, 28, 32].map((at) => answer.header.readUInt32BE(at))).toEqual([500, 100, 100]);
    expect(statusOf(answer)).toBe(0);
    expect(keysOf(answer)).toEqual({
      TargetPortalGroupTag: '2',
      HeaderDigest: 'None',
      MaxRecvDataSegmentLength: '262144',
    });
    expect(admitted).toMatchObject([{ initiatorName: initiator, isid: '80aabbccddee', isDiscovery: false }]);
  });

  it('goes through both stages, in as many PDUs as it takes', () => {
    const login = new Login(authority().made);
    const first = login.answer(...request({ ...who, AuthMethod: 'None' }, { from: 0, more: true }));
    expect([first.header[1], first.text.length]).toEqual([0, 0]);
    const second = login.answer(...request({ InitiatorAlias: 'x' }, { from: 0, to: 1 }));
    expect(second.header[1]).toBe(0x81);
    expect(keysOf(second)).toEqual({ TargetPortalGroupTag: '2', AuthMethod: 'None' });
    const third = login.answer(...request({ InitialR2T: 'No' }, { from: 1 }));
    expect(third.header[1]).toBe(0x04);
    const last = login.answer(...request({}, { from: 1, to: 3 }));
    expect(last.header[1]).toBe(0x87);
    expect(last.header.readUInt32BE(24)).toBe(503);
    expect(last.end).toMatchObject({ done: { parameters: { initialR2t: false, targetDataBytes: 262_144 } } });
  });

  it('that never negotiates lengths keeps the default ones', () => {
    const answer = new Login(authority().made).answer(...request({ ...who, AuthMethod: 'None' }, { from: 0, to: 3 }));
    expect(answer.end).toMatchObject({ done: { parameters: { targetDataBytes: 8192, initiatorDataBytes: 8192 } } });
  });

  it.each([
    ['no initiator name', { TargetName: target }, {}, 0x0207],
    ['no target name', { InitiatorName: initiator }, {}, 0x0207],
    ['another target', { ...who, TargetName: 'iqn.2000-01.com.example:x' }, {}, 0x0203],
    ['a session type that is none', { ...who, SessionType: 'Secret' }, {}, 0x0209],
    ['a version that is not yet', who, { version: 1 }, 0x0205],
    ['a stage that is none', who, { from: 2 }, 0x0200],
    ['a stage backwards', who, { from: 1, to: 1 }, 0x0200],
    ['transit and more text at once', who, { more: true, to: 3 }, 0x0200],
    ['text that is none', { ...who, '': 'x' }, {}, 0x0200],
    [
      'a discovery session to be continued',
      { InitiatorName: initiator, SessionType: 'Discovery' },
      { tsih: 5 },
      0x020a,
    ],
    ['a name that is too long', { ...who, InitiatorName: `iqn.${'x'.repeat(230)}` }, {}, 0x0200],
  ])('with %s is refused', (_what, keys, say, status) => {
    const { made, admitted } = authority();
    const answer = new Login(made).answer(...request(keys as Record<string, string>, { to: 3, ...say }));
    expect(statusOf(answer)).toBe(status);
    expect(answer.end).toBe('refused');
    expect(admitted).toEqual([]);
  });

  it.each([
    ['InitiatorName', initiator],
    ['TargetName', target],
    ['SessionType', 'Normal'],
    ['InitiatorAlias', 'again'],
  ])('may not declare %s again in a later stage', (key, value) => {
    const { made, admitted } = authority();
    const login = new Login(made);
    const first = { ...who, SessionType: 'Normal', InitiatorAlias: 'a', AuthMethod: 'None' };
    expect(login.answer(...request(first, { from: 0, to: 1 })).end).toBeUndefined();
    const answer = login.answer(...request({ [key]: value }, { from: 1, to: 3 }));
    expect([answer.end, answer.header.readUInt16BE(36)]).toEqual(['refused', 0x0200]);
    expect(admitted).toEqual([]);
  });

  it('may not negotiate a key twice', () => {
    const login = new Login(authority().made);
    login.answer(...request({ ...who, InitialR2T: 'No' }));
    expect(statusOf(login.answer(...request({ InitialR2T: 'Yes' }, { to: 3 })))).toBe(0x0200);
  });

  it('may not become another client half way', () => {
    const login = new Login(authority().made);
    login.answer(...request(who));
    expect(statusOf(login.answer(...request({}, { to: 3, isid: '80000000ffff' })))).toBe(0x0200);
  });

  it('is bounded in text and in PDUs', () => {
    const login = new Login(authority().made);
    const statuses = Array.from({ length: 70 }, () => statusOf(login.answer(...request(who, { more: true }))));
    expect(statuses.slice(0, 64).every((status) => status === 0)).toBe(true);
    expect(statuses[64]).toBe(0x0302);
    const fat = new Login(authority().made);
    const long = { [`X-${'k'.repeat(50)}`]: 'v'.repeat(8000) };
    expect(Array.from({ length: 10 }, () => statusOf(fat.answer(...request(long, { more: true }))))).toContain(0x0302);
  });
});

describe('CHAP', () => {
  const secret = 'secret-of-target';
  const own = 'secret-of-initiator';
  const account: ChapAccount = { names: [initiator, 'user'], secret, ownSecret: own };
  const digest = (algorithm: string, id: number, key: string, challenge: Buffer) =>
    `0x${createHash(algorithm)
      .update(Buffer.from([id]))
      .update(key)
      .update(challenge)
      .digest('hex')}`;

  function challenged(accounts: readonly ChapAccount[], list = '5') {
    const set = authority(accounts);
    const login = new Login(set.made);
    login.answer(...request({ ...who, AuthMethod: 'CHAP,None' }, { from: 0 }));
    const answer = login.answer(...request({ CHAP_A: list }, { from: 0 }));
    return { ...set, login, answer, keys: keysOf(answer) };
  }

  it.each([
    ['5', 'md5'],
    ['6', 'sha1'],
    ['7', 'sha256'],
    ['8', 'sha3-256'],
  ])('with algorithm %s lets in who knows the secret, and proves itself in turn', (number, algorithm) => {
    const { login, keys } = challenged([account], `99,${number},5`);
    expect(keys).toMatchObject({ CHAP_A: number, CHAP_I: '1', CHAP_C: `0x${'02'.repeat(16)}` });
    const theirs = Buffer.from('initiators own challenge');
    const answer = login.answer(
      ...request(
        {
          CHAP_N: 'user',
          CHAP_R: digest(algorithm, 1, secret, Buffer.alloc(16, 2)),
          CHAP_I: '77',
          CHAP_C: `0b${theirs.toString('base64')}`,
        },
        { from: 0, to: 1 },
      ),
    );
    expect(answer.header[1]).toBe(0x81);
    expect(keysOf(answer)).toEqual({ CHAP_N: target, CHAP_R: digest(algorithm, 77, own, theirs) });
    expect(login.answer(...request({}, { from: 1, to: 3 })).end).toHaveProperty('done');
  });

  it.each([
    ['another secret', { CHAP_N: 'user', CHAP_R: digest('md5', 1, 'wrong-secret', Buffer.alloc(16, 2)) }],
    ['another name', { CHAP_N: 'resu', CHAP_R: digest('md5', 1, secret, Buffer.alloc(16, 2)) }],
    ['a response that is too long', { CHAP_N: 'user', CHAP_R: `${digest('md5', 1, secret, Buffer.alloc(16, 2))}00` }],
    ['no name', { CHAP_R: digest('md5', 1, secret, Buffer.alloc(16, 2)) }],
    [
      'the target’s own challenge sent back',
      {
        CHAP_N: 'user',
        CHAP_R: digest('md5', 1, secret, Buffer.alloc(16, 2)),
        CHAP_I: '1',
        CHAP_C: `0x${'02'.repeat(16)}`,
      },
    ],
    [
      'a challenge of more than 1024 bytes',
      {
        CHAP_N: 'user',
        CHAP_R: digest('md5', 1, secret, Buffer.alloc(16, 2)),
        CHAP_I: '1',
        CHAP_C: `0x${'02'.repeat(1025)}`,
      },
    ],
  ])('refuses %s, and says so', (_what, keys) => {
    const { login, failures } = challenged([account]);
    const answer = login.answer(...request(keys as Record<string, string>, { from: 0, to: 1 }));
    expect(statusOf(answer)).toBe(0x0201);
    expect(failures).toEqual([initiator]);
  });

  it('cannot prove itself when it has no secret for that', () => {
    const { login } = challenged([{ ...account, ownSecret: null }]);
    const answer = login.answer(
      ...request(
        { CHAP_N: 'user', CHAP_R: digest('md5', 1, secret, Buffer.alloc(16, 2)), CHAP_I: '3', CHAP_C: '0x0102' },
        { from: 0, to: 1 },
      ),
    );
    expect(statusOf(answer)).toBe(0x0201);
  });

  it.each(['56', '', '5x'])('knows no algorithm in %j', (list) => {
    expect(statusOf(challenged([account], list).answer)).toBe(0x0201);
  });

  it.each([
    ['goes to the operational stage at once', { ...who }, { from: 1, to: 3 }],
    ['offers no authentication', { ...who, AuthMethod: 'None' }, { from: 0, to: 1 }],
    ['leaves the security stage without a word', { ...who }, { from: 0, to: 1 }],
  ])('is not got around by who %s', (_what, keys, say) => {
    const { made, failures } = authority([account]);
    expect(statusOf(new Login(made).answer(...request(keys, say)))).toBe(0x0201);
    expect(failures).toEqual([initiator]);
  });

  it('is not asked of who need not prove itself', () => {
    const answer = new Login(authority().made).answer(
      ...request({ ...who, AuthMethod: 'CHAP,None' }, { from: 0, to: 1 }),
    );
    expect(keysOf(answer).AuthMethod).toBe('None');
  });
});
