import { beforeEach, describe, expect, it } from 'vitest';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;
let poolId = '';

beforeEach(() => {
  server = newArrayServer();
  poolId = server.array.tables.pools.toJSON()[0]?.ref ?? '';
});

const wanted = {
  name: 'v',
  size: '1',
  sizeUnit: 'gb',
  segSize: 256,
  blockSize: 4096,
  owningControllerId: '070000000000000000000002',
  metaTags: [{ key: 'workload', value: 'beegfs' }],
};

const shown = {
  label: 'v',
  capacity: String(2 ** 30),
  segmentSize: 256 * 1024,
  blkSize: 4096,
  preferredControllerId: '070000000000000000000002',
  metadata: [{ key: 'workload', value: 'beegfs' }],
};

describe('making a volume', () => {
  it('POST volumes: takes block size, tags and owning controller', async () => {
    expect(await server.post('volumes', { ...wanted, poolId })).toMatchObject({ status: 200, body: shown });
  });

  it('POST storage-pools/{id}/volumes: takes the same, in the pool of the path', async () => {
    const made = await server.post(`storage-pools/${poolId}/volumes`, wanted);
    expect(made).toMatchObject({ status: 200, body: { ...shown, volumeGroupRef: poolId } });
  });

  it.each(['volumes', 'in its pool'])('%s: refuses a block size that the array does not have', async (way) => {
    const path = way === 'volumes' ? way : `storage-pools/${poolId}/volumes`;
    const { status, body } = await server.post(path, { ...wanted, poolId, blockSize: 1024 });
    expect([status, body]).toMatchObject([422, { errorMessage: expect.stringContaining('allowed are 512 and 4096') }]);
    expect(server.array.volumes.find('v')).toBeUndefined();
  });

  it('leaves block and segment size to the array where they are 0', async () => {
    const { body } = await server.post('volumes', { ...wanted, poolId, blockSize: 0, segSize: 0 });
    expect(body).toMatchObject({ blkSize: 512, segmentSize: 128 * 1024 });
  });

  it('rounds a capacity up to whole blocks', async () => {
    const { body } = await server.post('volumes', { ...wanted, poolId, size: 4097, sizeUnit: 'bytes' });
    expect(body).toMatchObject({ capacity: '8192' });
  });
});
