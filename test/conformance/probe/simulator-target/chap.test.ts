import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Authentication,
  type ChapAlgorithm,
  type ConnectOptions,
  chapAlgorithms,
  discover,
  type Pair,
  type ProbeSession,
  TargetNotAuthentic,
} from '../../../../conformance/probe/index.js';
import { patience } from '../patterns.js';
import { type Bench, endOf, initiatorName, openBench, otherName } from './bench.js';

const refusedAuthentication = { name: 'LoginRefused', statusClass: 2, statusDetail: 1 };
const algorithms = Object.keys(chapAlgorithms) as ChapAlgorithm[];
const targetSecret = 'secret-of-the-target';
const initiatorSecret = 'secret-of-the-initiator';

let bench: Bench;

const portal = () => bench.simulator.iscsi[0]?.portal ?? '';

async function refusals(): Promise<string[]> {
  const events = await bench.get<{ description: string }[]>('mel-events?count=100');
  return events.map((event) => event.description).filter((words) => /refused: authentication failed/.test(words));
}

/** Puts other keys in the place of those that a step would send. */
function instead(step: string, change: (pairs: readonly Pair[], heard: readonly Pair[]) => readonly Pair[]) {
  const edit: ConnectOptions['edit'] = (now, pairs, heard) => (now === step ? change(pairs, heard) : pairs);
  return { edit };
}

const replaced = (pairs: readonly Pair[], key: string, value: string): Pair[] =>
  pairs.map(([name, was]) => [name, name === key ? value : was]);

describe('a target that demands CHAP', () => {
  let lun: number;

  beforeAll(async () => {
    bench = await openBench();
    lun = (await bench.mapped('guarded')).lun;
    await bench.post('iscsi/target-settings', {
      enableChapAuthentication: true,
      alias: 'chapuser',
      chapSecret: targetSecret,
    });
  });

  afterAll(() => bench.close());

  const chap: Authentication = { username: 'chapuser', secret: targetSecret };

  const login = (how: Authentication | undefined, more: Partial<ConnectOptions> = {}): Promise<ProbeSession> =>
    bench.begin({ ...(how && { chap: how }), ...more });

  it.each(algorithms)('believes who proves the secret by %s', async (algorithm) => {
    const session = await login({ ...chap, algorithms: [algorithm] });
    expect(endOf(await session.execute({ lun, cdb: Buffer.alloc(6) }))).toBe('6/29/00');
    await session.logout();
  });

  it.each(algorithms)('believes it in base64 too, by %s', async (algorithm) => {
    const session = await login({ ...chap, algorithms: [algorithm], coding: 'base64' });
    await session.logout();
  });

  it('takes the first algorithm that it knows', async () => {
    const session = await login(
      chap,
      instead('chap-algorithms', () => [['CHAP_A', '99,7,5']]),
    );
    expect(session.login.heard).toContainEqual(['CHAP_A', '7']);
    await session.logout();
  });

  it.each(['chapuser', initiatorName, 'CHAPUSER'])('knows the initiator as %s', async (username) => {
    const session = await login({ ...chap, username });
    await session.logout();
  });

  it.each<[string, Authentication | undefined, Partial<ConnectOptions>]>([
    ['another secret', { ...chap, secret: 'another-secret' }, {}],
    ['no secret at all', { ...chap, secret: '' }, {}],
    ['another name', { ...chap, username: 'somebody' }, {}],
    ['no credentials', undefined, {}],
    ['no security stage', undefined, { skipSecurity: true }],
    ['no algorithm that is known', chap, instead('chap-algorithms', () => [['CHAP_A', '56']])],
    ['no algorithm', chap, instead('chap-algorithms', () => [['CHAP_A', '']])],
    [
      'a response that is too long',
      chap,
      instead('chap-response', (pairs) => pairs.map(([key, value]) => [key, key === 'CHAP_R' ? `${value}00` : value])),
    ],
    [
      'a response that is too short',
      chap,
      instead('chap-response', (pairs) =>
        pairs.map(([key, value]) => [key, key === 'CHAP_R' ? value.slice(0, -2) : value]),
      ),
    ],
    ['a response that is no binary', chap, instead('chap-response', (pairs) => replaced(pairs, 'CHAP_R', 'hello'))],
    ['no name', chap, instead('chap-response', (pairs) => pairs.filter(([key]) => key !== 'CHAP_N'))],
    ['no response', chap, instead('chap-response', (pairs) => pairs.filter(([key]) => key !== 'CHAP_R'))],
  ])('refuses %s, and says so', async (_name, how, more) => {
    const before = (await refusals()).length;
    await expect(login(how, more)).rejects.toMatchObject(refusedAuthentication);
    const after = await refusals();
    expect(after).toHaveLength(before + 1);
    expect(after.some((words) => words.includes(initiatorName))).toBe(true);
  });

  it('asks the same of discovery', async () => {
    const options = { portal: portal(), initiatorName, patience };
    await expect(discover(options)).rejects.toMatchObject(refusedAuthentication);
    await expect(discover({ ...options, chap: { ...chap, secret: 'another-secret' } })).rejects.toMatchObject(
      refusedAuthentication,
    );
    const [found] = await discover({ ...options, chap });
    expect(found?.name).toBe(bench.iqn);
  });

  it('has no secret to prove itself with while the initiator has none', async () => {
    await expect(login({ ...chap, target: { secret: initiatorSecret } })).rejects.toMatchObject(refusedAuthentication);
  });

  it('is not to be answered with its own challenge', async () => {
    const reflect = instead('chap-response', (pairs, heard) => {
      const challenge = new Map(heard).get('CHAP_C') ?? '';
      return [...pairs.filter(([key]) => !/^CHAP_[IC]$/.test(key)), ['CHAP_I', '1'], ['CHAP_C', challenge]];
    });
    await expect(login(chap, reflect)).rejects.toMatchObject(refusedAuthentication);
  });

  it('lets an initiator log in without CHAP once REST says so', async () => {
    await bench.post('iscsi/target-settings', { enableChapAuthentication: false });
    await (await login(undefined)).logout();
    await (await login({ ...chap, methods: 'CHAP,None' })).logout();
    await expect(login(chap)).rejects.toMatchObject(refusedAuthentication);
  });
});

describe('an initiator with a secret of its own', () => {
  beforeEach(async () => {
    bench = await openBench();
    const { id } = await bench.volume('private', 1);
    const ports = [{ type: 'iscsi', port: initiatorName, label: 'p', iscsiChapSecret: initiatorSecret }];
    const host = await bench.post<{ id: string }>('hosts', { name: 'h', hostType: { index: 28 }, ports });
    await bench.map(id, host.id);
  });

  afterEach(() => bench.close());

  const chap: Authentication = { username: initiatorName, secret: initiatorSecret };

  it('must prove it, and others need not', async () => {
    await (await bench.begin({ chap })).logout();
    await expect(bench.begin()).rejects.toMatchObject(refusedAuthentication);
    await expect(bench.begin({ chap: { ...chap, secret: 'another-secret' } })).rejects.toMatchObject(
      refusedAuthentication,
    );
    await (await bench.begin({ initiatorName: otherName })).logout();
  });

  it('does not accept the secret from another initiator', async () => {
    await bench.host('other', [otherName]);
    await bench.post('iscsi/target-settings', { enableChapAuthentication: true, chapSecret: targetSecret });
    await expect(
      bench.begin({ initiatorName: otherName, chap: { username: otherName, secret: initiatorSecret } }),
    ).rejects.toMatchObject(refusedAuthentication);
  });

  it.each(algorithms)('and the target prove themselves to each other by %s', async (algorithm) => {
    await bench.post('iscsi/target-settings', { enableChapAuthentication: true, chapSecret: targetSecret });
    const mutual = { ...chap, algorithms: [algorithm], target: { username: bench.iqn, secret: targetSecret } };
    for (const coding of ['hex', 'base64'] as const)
      await (await bench.begin({ chap: { ...mutual, coding } })).logout();
    await expect(
      bench.begin({ chap: { ...mutual, target: { secret: 'not-the-target-secret' } } }),
    ).rejects.toBeInstanceOf(TargetNotAuthentic);
    const [found] = await discover({ portal: portal(), initiatorName, patience, chap: mutual });
    expect(found?.name).toBe(bench.iqn);
  });

  it('is let in by its new secret as soon as REST has it', async () => {
    const [host] = await bench
      .get<{ id: string; label: string; hostSidePorts: { id: string }[] }[]>('hosts')
      .then((hosts) => hosts.filter((each) => each.label === 'h'));
    const changed = { portRef: host?.hostSidePorts[0]?.id ?? '', iscsiChapSecret: 'changed-secret-1' };
    const before = await bench.begin({ chap });
    await bench.post(`hosts/${host?.id}`, { portsToUpdate: [changed] });
    await before.nop();
    await expect(bench.begin({ chap })).rejects.toMatchObject(refusedAuthentication);
    await (await bench.begin({ chap: { ...chap, secret: 'changed-secret-1' } })).logout();
  });
});
