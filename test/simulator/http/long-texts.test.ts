import { describe, expect, it } from 'vitest';
import { durationMs, sizeBytes } from '../../../simulator/faults/quantities.js';
import { maskUrl } from '../../../simulator/http/secrets.js';
import { formRequest } from '../rest/forms.js';
import { basic, newServer } from '../servers.js';

/** Each text here takes minutes to hours where a pattern tries its parts against each other. */
const mostCpuMs = 2000;

async function cpuMsOf(body: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await body();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

describe('a long text takes no more time than its length is worth', () => {
  it.each([
    ['a query of question marks', () => maskUrl('?'.repeat(1e6)), '?'.repeat(1e6)],
    ['a duration with blanks within', () => durationMs(`1${' '.repeat(1e6)}x`), undefined],
    ['a duration after blanks', () => durationMs(`${' '.repeat(1e6)}1 s`), 1000],
    ['a size with blanks within', () => sizeBytes(`1${' '.repeat(1e6)}x`), undefined],
  ])('%s', async (_, body, expected) => {
    let found: unknown;
    const run = () => {
      found = body();
    };
    expect(await cpuMsOf(run)).toBeLessThan(mostCpuMs);
    expect(found === expected).toBe(true);
  });

  it.each([
    ['blanks in a filter of the graph', `/controller[status=${' '.repeat(12_000)}'x'y]`],
    ['brackets in a path of the graph', '/a['.repeat(4000)],
  ])('%s', async (_, query) => {
    const server = await newServer();
    let status = 0;
    const asked = async () => {
      status = (await server.ask('GET', `graph/xpath-filter?query=${query.replaceAll(' ', '+')}`)).status;
    };
    expect(await cpuMsOf(asked)).toBeLessThan(mostCpuMs);
    expect(status).toBe(422);
  });

  it.each([
    ['metadata of an identity provider whose elements do not end', '<EntityDescriptor'.repeat(60_000)],
    ['a form of very many parts', '\r\n--a-boundary'.repeat(65_000)],
  ])('%s', async (_, content) => {
    const server = await newServer();
    const url = '/devmgr/v2/saml/identity-provider';
    const { payload, headers } = formRequest({ idpMetadata: ['idp.xml', content] });
    let status = 0;
    const asked = async () => {
      const sent = { method: 'POST', url, payload, headers: { ...basic('admin', 'admin'), ...headers } } as const;
      status = (await server.app.inject(sent)).statusCode;
    };
    expect(await cpuMsOf(asked)).toBeLessThan(mostCpuMs);
    expect(status).toBe(422);
  });

  it('forty paths that are unknown, without a login', async () => {
    const server = await newServer();
    const statuses = new Set<number>();
    const asked = async () => {
      for (let count = 0; count < 40; count++)
        statuses.add((await server.ask('GET', `/devmgr/v2/${'ab'.repeat(100)}${count}`, undefined, {})).status);
    };
    expect(await cpuMsOf(asked)).toBeLessThan(mostCpuMs);
    expect([...statuses]).toEqual([404]);
  });

  it('base64 that is padded without end', async () => {
    const server = await newServer();
    const pools = (await server.ask('GET', 'storage-pools')).body;
    const wanted = { poolId: pools[0].id, name: 'v', sizeUnit: 'gb', size: '1' };
    const { id } = (await server.ask('POST', 'volumes', wanted)).body;
    const body = { base64: `${'='.repeat(1e6)}x` };
    let status = 0;
    const asked = async () => {
      status = (await server.control('PUT', `/arrays/1/volumes/${id}/blocks?lba=0`, body)).status;
    };
    expect(await cpuMsOf(asked)).toBeLessThan(mostCpuMs);
    expect(status).toBe(422);
  });
});

describe('a query in the journal', () => {
  it.each([
    ['/a?x=1&password=p&y=2', '/a?x=1&password=****&y=2'],
    ['/a?password=p', '/a?password=****'],
    ['/a?%70assword=p=q&password', '/a?%70assword=****&password'],
    ['/a?b?password=p', '/a?b?password=****'],
    ['/password=p', '/password=p'],
  ])('%s is shown as %s', (url, shown) => expect(maskUrl(url)).toBe(shown));
});
