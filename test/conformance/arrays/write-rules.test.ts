import { describe, expect, it } from 'vitest';
import { marked } from '../../../conformance/arrays/external/label-prefix.js';
import { writingOf } from '../../../conformance/arrays/external/write-rules.js';
import { labelOf } from '../../../conformance/oracle/labels.js';
import { chance } from '../../../conformance/runtime/chance.js';

const ref = '0200000060080E500023BB34000003F556A0B2A1';
const other = '0400000060080E500023BB340000070B56A0B2A1';
const system = '/devmgr/v2/storage-systems/1';
const writing = (request: string, body: object = {}) => {
  const [method = '', path = ''] = request.split(' ');
  return writingOf(method, path, JSON.stringify(body), '1');
};

describe('what a writing request is about', () => {
  it.each([
    ['a new object', `POST ${system}/volumes`, { poolId: other }, { changed: [], mentioned: [other] }],
    ['one that is deleted', `DELETE ${system}/ssc/volumes/${ref}`, {}, { changed: [ref], mentioned: [ref] }],
    [
      'a part of it',
      `POST ${system}/consistency-groups/${ref}/member-volumes`,
      { volumeId: other },
      { changed: [ref] },
    ],
    ['a procedure', `POST ${system}/symbol/moveLUNMapping`, { lunMappingRef: ref }, { changed: [ref] }],
  ])('%s: its references', (_what, request, body, expected) => {
    expect(writing(request, body)).toMatchObject({ kind: 'objects', ...expected });
  });

  it.each([
    ['a procedure without a reference', `POST ${system}/symbol/rebootController`],
    ['what is named by something else', `DELETE ${system}/volumes/payroll`],
    ['pools', `DELETE ${system}/storage-pools/${ref}`],
    ['the iSCSI target', `POST ${system}/iscsi/target-settings`],
    ['another storage system', `DELETE /devmgr/v2/storage-systems/2/volumes/${ref}`],
    ['the storage system itself', 'DELETE /devmgr/v2/storage-systems/1'],
    ['the control API', 'POST /sim/v1/reset'],
  ])('%s: nothing that a driver may change here', (_what, request) => {
    expect(writing(request)).toEqual({ kind: 'other' });
  });

  it('records are known by their keys', () => {
    expect(writing(`POST ${system}/persistent-records/`, { key: 'cinder-snapshots', value: '{}' })).toEqual({
      kind: 'record',
      store: 'persistent-records',
      key: 'cinder-snapshots',
    });
    expect(writing('POST /devmgr/v2/key-values/a%20b')).toEqual({ kind: 'record', store: 'key-values', key: 'a b' });
  });
});

it('labels of the suite begin alike, and ids are UUIDs still', () => {
  const id = marked(chance(1, 'any')).uuid();
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(labelOf(id)).toMatch(/^CONFORM/);
});
