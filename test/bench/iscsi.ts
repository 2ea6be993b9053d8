import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missing, run } from '../e2e/foreign-tools.js';
import { type AddRow, compare, ratios } from './rows.js';
import { endWithUs, freePort, startServer } from './servers.js';

/** A LUN that the clients of this measurement read and write. */
interface Lun {
  readonly url: string;
  stop(): Promise<void>;
}

const gib = 2 ** 30;
const lunBytes = gib / 4;

/** The initiators: each tool has its own name. */
const initiators = ['iqn.2010-11.libiscsi:iscsi-perf', 'iqn.2008-11.org.linux-kvm', 'iqn.2026-01.test:bench'];

/** Our array, as it is compiled, with a thick volume. */
async function ours(): Promise<Lun> {
  const args = ['dist/simulator/cli.js', '--port', '0', '--iscsi-port', '0', '--json', '--jobs', 'instant'];
  const root = '/devmgr/v2/storage-systems/1';
  const headers = {
    authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    'content-type': 'application/json',
  };
  const server = await startServer('node', args, `${root}/storage-pools`, headers);
  const call = async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${server.url}${root}/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const [pool] = await call<{ id: string }[]>('storage-pools');
  const volume = await call<{ id: string }>('volumes', {
    poolId: pool?.id,
    name: 'bench',
    sizeUnit: 'mb',
    size: String(lunBytes / 2 ** 20),
    segSize: 128,
  });
  const ports = initiators.map((port, index) => ({ type: 'iscsi', port, label: `bench_${index}` }));
  const host = await call<{ id: string }>('hosts', { name: 'bench', hostType: { index: 28 }, ports });
  const { lun } = await call<{ lun: number }>('volume-mappings', { mappableObjectId: volume.id, targetId: host.id });
  const target = await call<{ nodeName: { iscsiNodeName: string } }>('iscsi/target-settings');
  const { portal } = server.iscsi[0] ?? { portal: '' };
  return { url: `iscsi://${portal}/${target.nodeName.iscsiNodeName}/${lun}`, stop: async () => server.stop() };
}

/** Debian's tgtd on a file in memory. */
async function tgtd(port: number): Promise<Lun> {
  const folder = mkdtempSync('/dev/shm/bench-');
  const file = join(folder, 'lun');
  writeFileSync(file, '');
  truncateSync(file, lunBytes);
  const env = { ...process.env, TGT_IPC_SOCKET: join(folder, 'control') };
  const control = String(port % 1000);
  const child = spawn('tgtd', ['-f', '--control-port', control, '--iscsi', `portal=127.0.0.1:${port}`], {
    stdio: 'ignore',
    env,
  });
  endWithUs(child);
  const name = 'iqn.2026-01.test:tgtd';
  const admin = (...args: string[]) =>
    new Promise<number>((resolve) => {
      spawn('tgtadm', ['--control-port', control, '--lld', 'iscsi', ...args], { stdio: 'ignore', env }).on(
        'exit',
        (code) => resolve(code ?? 1),
      );
    });
  for (let tries = 0; tries < 100; tries++) {
    if ((await admin('--op', 'new', '--mode', 'target', '--tid', '1', '-T', name)) === 0) break;
    await run('sleep', ['0.05']);
  }
  await admin('--op', 'new', '--mode', 'logicalunit', '--tid', '1', '--lun', '1', '-b', file);
  await admin('--op', 'bind', '--mode', 'target', '--tid', '1', '-I', 'ALL');
  return {
    url: `iscsi://127.0.0.1:${port}/${name}/1`,
    stop: async () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Load {
  readonly bytes: number;
  readonly depth: number;
  readonly seconds?: number;
}

/** Operations a second that iscsi-perf reads with, at random places. */
async function perfReads(url: string, { bytes, depth, seconds = 2 }: Load): Promise<number> {
  const args = [
    '-i',
    initiators[0] ?? '',
    '-r',
    '-m',
    String(depth),
    '-b',
    String(bytes / 512),
    '-t',
    String(seconds),
    url,
  ];
  const { stdout } = await run('iscsi-perf', args);
  const averages = [...stdout.matchAll(/iops average (\d+)/g)].map((match) => Number(match[1]));
  const last = averages.at(-1);
  if (last === undefined) throw new Error(`iscsi-perf printed no average: ${stdout.slice(-500)}`);
  return last;
}

/** Operations a second that qemu-img reads or writes with. */
async function qemuBench(
  url: string,
  load: Load & { readonly write: boolean; readonly digests?: boolean },
): Promise<number> {
  const { bytes, depth, write } = load;
  const count = Math.max(4000, Math.min(60_000, Math.floor((depth === 1 ? 8e6 : 3e8) / bytes)));
  const [, portal = '', target = '', lun = ''] = /^iscsi:\/\/([^/]+)\/([^/]+)\/(\d+)$/.exec(url) ?? [];
  const options = [
    'driver=raw',
    'file.driver=iscsi',
    'file.transport=tcp',
    `file.portal=${portal}`,
    `file.target=${target}`,
    `file.lun=${lun}`,
    `file.initiator-name=${initiators[1]}`,
    ...(load.digests ? ['file.header-digest=crc32c'] : []),
  ];
  const args = [
    'bench',
    '-t',
    'none',
    '-c',
    String(count),
    '-d',
    String(depth),
    '-s',
    String(bytes),
    '-S',
    String(bytes),
  ];
  const { stdout, stderr } = await run('qemu-img', [
    ...args,
    ...(write ? ['-w'] : []),
    '--image-opts',
    options.join(','),
  ]);
  const seconds = Number(/completed in ([\d.]+) seconds/.exec(stdout)?.[1]);
  if (!(seconds > 0)) throw new Error(`qemu-img bench: ${stderr || stdout}`);
  return count / seconds;
}

/** The iSCSI target beside tgtd, with foreign clients. */
export async function iscsi(add: AddRow): Promise<void> {
  const lacking = missing('tgtd', 'tgtadm', 'iscsi-perf', 'qemu-img');
  if (lacking.length > 0) {
    process.stderr.write(`left out: the iSCSI wire, which needs ${lacking.join(', ')}\n`);
    return;
  }
  const [our, peer] = [await ours(), await tgtd(await freePort())];
  try {
    // Both are full: unwritten blocks are not read.
    for (const { url } of [our, peer]) await qemuBench(url, { bytes: 262_144, depth: 8, write: true });
    const against = async (what: string, wanted: number, measure: (url: string) => Promise<number>) => {
      const rates = await compare({ ours: () => measure(our.url), tgtd: () => measure(peer.url) });
      add(`iSCSI, ${what}, against tgtd`, ratios(rates.ours, rates.tgtd), wanted, true);
    };
    await against('reads of 4 KiB at depth 32', 3, (url) => perfReads(url, { bytes: 4096, depth: 32 }));
    await against('reads of 64 KiB at depth 32', 2, (url) => perfReads(url, { bytes: 65_536, depth: 32 }));
    await against('reads of 256 KiB at depth 32', 2, (url) => perfReads(url, { bytes: 262_144, depth: 32 }));
    for (const bytes of [4096, 65_536, 262_144])
      await against(`writes of ${bytes / 1024} KiB at depth 32`, 1.5, (url) =>
        qemuBench(url, { bytes, depth: 32, write: true }),
      );
    await against('reads of 4 KiB at depth 1', 0.9, (url) => perfReads(url, { bytes: 4096, depth: 1 }));
    await against('writes of 4 KiB at depth 1', 0.9, (url) => qemuBench(url, { bytes: 4096, depth: 1, write: true }));
    for (const write of [false, true])
      for (const bytes of [4096, 65_536]) {
        const load = { bytes, depth: 32, write };
        const { without, digests } = await compare({
          without: () => qemuBench(our.url, load),
          digests: () => qemuBench(our.url, { ...load, digests: true }),
        });
        const what = `${write ? 'writes' : 'reads'} of ${bytes / 1024} KiB`;
        add(`iSCSI, ${what} with header digests, against without`, ratios(digests, without), 0.5, true);
      }
  } finally {
    await our.stop();
    await peer.stop();
  }
}
