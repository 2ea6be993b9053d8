import { beforeEach, describe, expect, it } from 'vitest';
import { newServer, type TestServer } from '../servers.js';

const batch = '/devmgr/v2/batch';

let server: TestServer;
beforeEach(async () => {
  server = await newServer({ mode: 'proxy' });
});

const jobsOf = (apiURL: string, ...more: object[]) => ({
  batchName: 'b',
  jobDescription: [{ httpVerb: 'POST', apiURL, systemIds: ['1'] }, ...more],
});

async function journalLength(): Promise<number> {
  return (await server.control('GET', '/journal')).body.length;
}

describe('a batch', () => {
  it.each([
    'batch',
    '/devmgr/v2/batch',
    '//devmgr/v2//batch?x=/y',
    'storage-systems/1/forward/batch',
    'storage-systems/{system-id}/forward/devmgr/v2/batch',
  ])('has no batch in it, however it is asked for: %s', async (apiURL) => {
    const before = await journalLength();
    const { status, body } = await server.ask('POST', batch, jobsOf(apiURL));
    expect(status).toBe(422);
    expect(body.errorMessage).toContain('neither a batch nor forwarded');
    expect(await journalLength()).toBe(before + 1);
  });

  it('keeps a megabyte of the answers, and the status of each', async () => {
    const systemIds = Array.from({ length: 60 }, () => '1');
    const jobDescription = [{ httpVerb: 'GET', apiURL: 'storage-systems/{system-id}/graph', systemIds }];
    const { body } = await server.ask('POST', batch, { batchName: 'b', jobDescription });
    const found = await server.ask('GET', `${batch}/${body.requestId}?returnJobResultData=true`);
    const results: { httpStatusCode: number; httpReturnBody: string }[] = found.body.jobStepStatus.map(
      ({ stepResult }: { stepResult: object }) => stepResult,
    );
    expect(results.map(({ httpStatusCode }) => httpStatusCode)).toEqual(systemIds.map(() => 200));
    expect(results.reduce((sum, { httpReturnBody }) => sum + httpReturnBody.length, 0)).toBe(2 ** 20);
    expect(results[0]?.httpReturnBody).toMatch(/^\{.*\}$/);
  });

  it('shows no secret of its requests in the journal', async () => {
    const requestBodyDocument = JSON.stringify({ newPassword: 'geheim', currentAdminPassword: 'admin' });
    const step = { httpVerb: 'POST', apiURL: 'storage-systems/1/passwords', systemIds: ['1'], requestBodyDocument };
    const { body } = await server.ask('POST', batch, jobsOf('storage-systems/1/volumes', step));
    expect(body.requestId).toBeDefined();
    const { text } = await server.control('GET', '/journal');
    expect(text).toContain('"batchName":"b"');
    expect(text).not.toContain('geheim');
  });
});

describe('a request that is forwarded', () => {
  it('is not forwarded again', async () => {
    const before = await journalLength();
    const { status } = await server.ask('GET', `${'storage-systems/1/forward/'.repeat(100)}volumes`.slice(18));
    expect(status).toBe(404);
    expect(await journalLength()).toBe(before + 1);
  });
});
