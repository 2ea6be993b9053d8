import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { afterAll, describe, expect, it } from 'vitest';
import { runChild, startChild } from '../child-process.js';
import { compiledFile } from '../compiled-package.js';
import { freePorts, ownLoopback } from '../loopback.js';
import { runCli, startCli, startCliWith } from './cli-process.js';
import { answerTo } from './http/raw-http.js';

const folder = mkdtempSync(join(tmpdir(), 'eseries-cli-'));
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

afterAll(() => rmSync(folder, { recursive: true }));

describe('eseries-simulator', () => {
  it('prints one line of JSON, answers, and ends cleanly on Ctrl-C', async () => {
    const readyFile = join(folder, 'ready.json');
    const cli = await startCli('--ready-file', readyFile);
    expect(cli.ready.controlUrl).toBe(`${cli.url}/sim/v1`);
    expect(JSON.parse(readFileSync(readyFile, 'utf8'))).toEqual(cli.ready);
    const health = await fetch(`${cli.ready.controlUrl}/health`);
    expect(await health.json()).toMatchObject({ status: 'ok', mode: 'embedded', arrays: 1 });
    const { code, stdout, stderr } = await cli.stop('SIGINT');
    expect({ code, stderr, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, stderr: '', lines: 1 });
  });

  it('listens for iSCSI at the port that is asked for, and those that follow', async () => {
    const first = await freePorts(4);
    const cli = await startCli('--iscsi-host', ownLoopback, '--iscsi-port', String(first));
    expect(cli.ready.iscsi.map((each) => each.portal)).toEqual(
      [0, 1, 2, 3].map((index) => `${ownLoopback}:${first + index}`),
    );
    expect(await cli.stop('SIGINT')).toMatchObject({ code: 0 });
  });

  it('ends cleanly on SIGTERM with a client connected', async () => {
    const cli = await startCli();
    const agent = new Agent({ keepAliveTimeout: 60_000 });
    await (await fetch(`${cli.ready.controlUrl}/health`, { dispatcher: agent })).text();
    expect(await cli.stop('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    await agent.close();
  });

  it.each([
    ['nothing', ''],
    ['a part of a request', 'GET /sim/v1/health HTTP/1.1\r\nhost: x\r\n'],
    ['a part of a body', 'POST /sim/v1/faults HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{'],
  ])('ends at once though a client is connected that has sent %s', async (_, sent) => {
    const cli = await startCli();
    const ports = [cli.url, `http://${cli.ready.iscsi[0]?.portal}`].map((url) => Number(new URL(url).port));
    const sockets = ports.map((port) => connect({ host: '127.0.0.1', port }).on('error', () => undefined));
    for (const socket of sockets) {
      if (socket.connecting) await once(socket, 'connect');
      socket.write(sent);
    }
    // The answer to a request that came later shows that what came earlier is received.
    await (await fetch(`${cli.ready.controlUrl}/health`)).text();
    expect(await cli.stop('SIGINT')).toMatchObject({ code: 0, stderr: '' });
    for (const socket of sockets) socket.destroy();
  });

  it.each([
    ['the REST API', 'import http from "node:http"; http.Server.prototype.close = function () { return this; };'],
    ['the iSCSI portals', 'import net from "node:net"; net.Server.prototype.close = function () { return this; };'],
  ])('gives up a shutdown that does not end, and says that it waits for %s', async (part, preload) => {
    const cli = await startCliWith(['--import', `data:text/javascript,${encodeURIComponent(preload)}`]);
    expect(await cli.stop('SIGINT')).toMatchObject({
      code: 1,
      stderr: `eseries-simulator: the shutdown is not done after 5 s: it still waits for ${part}\n`,
    });
  });

  it('tells people where things are', async () => {
    const child = await startText('--port', '0', '--user', 'boss', '--password', 'secret-9');
    expect(child).toMatch(/array 'demo' \(demo\) at http:\/\/127\.0\.0\.1:\d+\/devmgr\/v2\n/);
    expect(child).toContain('boss / secret-9');
    expect(child).toMatch(/documentation +http:\/\/127\.0\.0\.1:\d+\/docs\n/);
    expect(child).toMatch(/web page +http:\/\/127\.0\.0\.1:\d+\/\n/);
  });

  it.each([[[]], [['--user', "o'neil", '--password', 'a b$c']], [['--tls']]])(
    'prints a curl line that works as it stands, with %j',
    async (options) => {
      const child = startChild(process.execPath, [
        compiledFile('simulator/cli.js'),
        ...['--port', '0', '--iscsi-port', '0', ...options],
      ]);
      let line = '';
      while (!line.includes(' curl ')) line = await child.line('the curl line');
      const { code, stdout } = await runChild('bash', ['-c', line.replace(/^ +try +/, '')]);
      child.kill('SIGINT');
      await child.end('the end');
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject([{ id: '1', name: 'demo' }]);
    },
  );

  it('prints nothing with --quiet', async () => {
    expect(await startText('--port', '0', '--quiet')).toBe('');
  });

  it('says what the machine lacks, and how to get it', async () => {
    const { stdout, stderr } = await runChild(process.execPath, [compiledFile('simulator/cli.js'), 'doctor'], {
      env: { PATH: '/nowhere' },
    });
    expect(stderr).toBe('');
    expect(stdout).toContain(`ok       Node ${process.versions.node}\n`);
    expect(stdout).toMatch(/^(ok|missing) +port 8080 of 127\.0\.0\.1/m);
    expect(stdout).toMatch(
      /^(ok|optional) +iscsi-ls(: for looking at volumes without root: apt-get install libiscsi-bin)?$/m,
    );
    const { findings } = JSON.parse((await runCli('doctor', '--json')).stdout) as { findings: { what: string }[] };
    expect(findings.map(({ what }) => what)).toContain('port 3260 of 127.0.0.1');
    expect(await runCli('doctor', '--jsn')).toMatchObject({ code: 2, stderr: expect.stringContaining('--json only') });
  });

  it('serves HTTPS, alone or beside HTTP', async () => {
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
    const alone = await startCli('--tls');
    const beside = await startCli('--tls-port', '0');
    try {
      expect(alone.url).toMatch(/^https:/);
      expect((await fetch(`${alone.url}/devmgr/utils/about`, { dispatcher })).status).toBe(200);
      await expect(fetch(`${alone.url}/devmgr/utils/about`)).rejects.toThrow();
      expect(beside.url).toMatch(/^http:/);
      expect((await fetch(`${beside.url}/devmgr/utils/about`)).status).toBe(200);
      expect((await fetch(`${beside.ready.tlsUrl}/devmgr/utils/about`, { dispatcher })).status).toBe(200);
    } finally {
      expect(await alone.stop('SIGINT')).toMatchObject({ code: 0 });
      expect(await beside.stop('SIGINT')).toMatchObject({ code: 0 });
      await dispatcher.close();
    }
  });

  it('shows its options and its version', async () => {
    expect((await runCli('--help')).stdout).toContain('--ready-file FILE');
    expect((await runCli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [['--port', 'x'], 2, '--port x is not possible: allowed are whole numbers from 0 to 65535'],
    [['--port', '65536'], 2, '--port 65536 is not possible'],
    [['--seed', '-1'], 2, '--seed'],
    [['--nonsense'], 2, "Unknown option '--nonsense': see --help"],
    [['--prot', '1'], 2, "Unknown option '--prot': did you mean --port? see --help"],
    [['docter'], 2, 'did you mean doctor? see --help'],
    [['--mode', 'both'], 2, '--mode both is unknown: allowed are embedded, proxy'],
    [['--preset', 'e9999'], 2, '--preset e9999 is unknown: allowed are demo, e2824, e5760, ef600, empty or a file'],
    [['--preset', './none.yaml'], 2, '--preset ./none.yaml cannot be read (ENOENT)'],
    [['--preset', '/dev/zero'], 2, '--preset /dev/zero cannot be read (it is longer than 4194304 bytes)'],
    [['--max-connections', '0'], 2, '--max-connections 0 is not possible: allowed are whole numbers from 1 on'],
    [['--iscsi-memory', '0'], 2, '--iscsi-memory 0 is not possible: allowed are whole numbers from 1 on'],
    [['--recover'], 2, '--recover is for the file of --state FILE: give that too'],
    [['--clock', 'fast'], 2, '--clock fast is unknown: allowed are real, manual and xN, e.g. x60'],
    [['--jobs', 'never'], 2, 'never'],
    [['--log-level', 'loud'], 2, '--log-level loud is unknown: allowed are fatal, error, warn, info, debug, trace'],
    [['--host', '0.0.0.0'], 2, '--host 0.0.0.0 is not a loopback address: give a --control-token'],
    [['--host', '0.0.0.0', '--control-token', ''], 2, '--control-token is empty'],
    [['--control-token', ' '], 2, '--control-token is empty'],
    [['--user', 'monitor'], 2, "--user 'monitor' is not possible"],
    [['--host', '127.0.0.1', '--state', '/none/such/state.json'], 1, '/none/such/state.json'],
    [['--volumes', '70000'], 2, '--volumes 70000 is not possible: allowed are whole numbers from 0 to 65536'],
  ])('%j ends with %i and one clear line', async (args, code, message) => {
    const result = await runCli(...args);
    expect(result.stderr).toContain(message);
    expect(result.stderr).toMatch(/^eseries-simulator: .*\n$/);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
  });

  it('answers under the host names that it is told', async () => {
    const cli = await startCli('--allowed-host', 'array.lab', '--allowed-host', 'other.lab');
    const statusUnder = async (host: string) =>
      (await answerTo(cli.url, `GET /sim/v1/arrays HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).status;
    expect([await statusUnder('array.lab'), await statusUnder('other.lab:80')]).toEqual([200, 200]);
    expect([await statusUnder('localhost'), await statusUnder('evil.example')]).toEqual([200, 403]);
    expect(await cli.stop('SIGINT')).toMatchObject({ code: 0 });
  });

  it('says so when the port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as { port: number };
    const result = await runCli('--port', String(port));
    holder.close();
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toBe(
      `eseries-simulator: port ${port} of 127.0.0.1 is taken: give another with --port or --tls-port, or 0 for any\n`,
    );
  });

  it('reads a preset of the user, and names the line of what is wrong in it', async () => {
    const good = file('good.yaml', 'label: lab\npools:\n  - { label: p1, raidLevel: raid6, drives: 5, media: ssd }\n');
    const cli = await startCli('--preset', good);
    const pools = await fetch(`${cli.url}/devmgr/v2/storage-systems/1/storage-pools`, {
      headers: { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
    });
    expect(await pools.json()).toMatchObject([{ label: 'p1', raidLevel: 'raid6' }]);
    await cli.stop('SIGINT');
    const bad = file('bad.yaml', 'label: lab\npools:\n  - label: p1\n    raidLevel: raid9\n');
    expect(await runCli('--preset', bad)).toMatchObject({
      code: 1,
      stderr: `eseries-simulator: ${bad}:4: pools[0].raidLevel is raid9: allowed is one of raidDiskPool, raid0, raid1, raid5, raid6\n`,
    });
  });

  it('leaves a damaged or foreign state file as it is', async () => {
    for (const content of ['{"format":1,"clockMs":0,"systems":[{"id":"1"', '{"format":9}', '[]', '{}', '"x"', '7']) {
      const state = file('damaged.json', content);
      const result = await runCli('--state', state, '--port', '0');
      expect(result.stderr).toMatch(/^eseries-simulator: .*damaged\.json: .*left as it is\n$/);
      expect(result.code).toBe(1);
      expect(readFileSync(state, 'utf8')).toBe(content);
    }
  });
});

/** What the command line prints when it is not asked for JSON. */
async function startText(...args: string[]): Promise<string> {
  const readyFile = join(folder, 'text-ready.json');
  const { watch } = await import('node:fs/promises');
  const abort = new AbortController();
  const changes = watch(folder, { signal: abort.signal });
  const running = runCli(...args, '--ready-file', readyFile);
  for await (const { filename } of changes) if (filename === 'text-ready.json') break;
  abort.abort();
  process.kill((JSON.parse(readFileSync(readyFile, 'utf8')) as { pid: number }).pid, 'SIGINT');
  return (await running).stdout;
}
