import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import type { Judge } from '../../../conformance/oracle/index.js';
import type { HandMade } from './hand-made.js';
import { closeJudgedArray, findingsOf, openJudgedArray } from './judged-array.js';

let simulator: OwnSimulator;
let made: HandMade;
let judge: Judge;

beforeEach(async () => {
  ({ simulator, made, judge } = await openJudgedArray());
});

afterEach(() => closeJudgedArray(simulator));

const judged = (options?: Parameters<Judge['judge']>[1]) => findingsOf(judge, made, options);

describe('judge: mappings', () => {
  it('finds nothing where hosts see what they have attached', async () => {
    const { record, ref } = await made.volume({ status: 'in-use' });
    await made.map(ref, await made.host('one'), 3);
    made.attachmentRecord(record, 'one', 3);
    expect(await judged()).toEqual([]);
  });

  it('finds a mapping that is not there', async () => {
    const { record } = await made.volume({ status: 'in-use' });
    made.attachmentRecord(record, 'one', 3);
    expect(await judged()).toEqual(['B34 mapping missing']);
  });

  it('finds nothing of an attachment without connection, or on its way out', async () => {
    const { record } = await made.volume();
    made.attachmentRecord(record, 'one', 3).attach_status = 'detaching';
    made.attachmentRecord(record, 'one', 3).connection_info = null;
    expect(await judged()).toEqual([]);
  });

  it('finds another LUN than the host was told', async () => {
    const { record, ref } = await made.volume({ status: 'in-use' });
    await made.map(ref, await made.host('one'), 3);
    made.attachmentRecord(record, 'one', 4);
    expect(await judged()).toEqual(['B34 mapping wrong']);
  });

  it('finds a mapping that no attachment explains, and whether there was one', async () => {
    const [never, once] = [await made.volume(), await made.volume({ status: 'in-use' })];
    const host = await made.host('one');
    await made.map(never.ref, host, 3);
    await made.map(once.ref, host, 4);
    const attachment = made.attachmentRecord(once.record, 'one', 4);
    expect(await judged()).toEqual(['R26 mapping leaked']);
    made.database.attachments.delete(attachment.id);
    expect(await judged()).toEqual(['R26 mapping leaked', 'Q21 mapping leaked']);
  });

  it('finds a mapping of an attachment that failed', async () => {
    const { record, ref } = await made.volume();
    await made.map(ref, await made.host('one'), 3);
    Object.assign(made.attachmentRecord(record, 'one', 3), { attach_status: 'error_attaching', connection_info: null });
    expect(await judged()).toEqual(['R26 mapping leaked']);
  });

  it('finds a mapping to another host', async () => {
    const { record, ref } = await made.volume({ status: 'in-use' });
    await made.host('one');
    await made.map(ref, await made.host('two'), 3);
    made.attachmentRecord(record, 'one', 3);
    expect(await judged()).toEqual([
      'C-initialize-connection-3 mapping missing',
      'C-initialize-connection-3 mapping leaked',
    ]);
  });

  it('finds a group of hosts none of which has it attached any more', async () => {
    const { record, ref } = await made.volume({ status: 'in-use' });
    const hosts = [await made.host('one'), await made.host('two')];
    const group = await simulator.admin.succeed<{ id: string }>('POST', 'host-groups', {
      name: 'cinder-multi-attach',
      hosts,
    });
    await made.map(ref, group.id, 3);
    const attachments = ['one', 'two'].map((host) => made.attachmentRecord(record, host, 3));
    expect(await judged()).toEqual([]);
    made.database.attachments.delete(attachments[0]?.id ?? '');
    expect(await judged()).toEqual([]);
    made.database.attachments.clear();
    expect(await judged()).toEqual(['Q20 mapping leaked']);
  });
});
