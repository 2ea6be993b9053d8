import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnection } from '../../../conformance/probe/index.js';
import { runChild, runChildInPlace, startChild } from '../../child-process.js';
import { freePorts, ownLoopback } from '../../loopback.js';

/** A target of Debian's tgt on loopback. */
export interface ForeignTarget {
  readonly portal: string;
  readonly iqn: string;
  readonly lun: number;
  readonly capacityBytes: number;
  /** Sets a parameter of the target, by tgtadm's names: what it offers and answers in later logins. */
  setParameter(name: string, value: string | number): Promise<void>;
  /** Demands CHAP from now on; with `outgoing` the target can prove itself, too. */
  demandChap(incoming: Account, outgoing?: Account): Promise<void>;
  stop(): Promise<void>;
}

interface Account {
  readonly username: string;
  readonly secret: string;
}

/** Whether tgt is installed. */
export function hasForeignTarget(): boolean {
  return ['tgtd', 'tgtadm'].every((tool) => runChildInPlace(tool, ['--version']).code === 0);
}

/** Starts a tgtd of its own, with one LUN in a file in memory. */
export async function startForeignTarget(capacityBytes = 16 * 2 ** 20): Promise<ForeignTarget> {
  const folder = mkdtempSync(join(tmpdir(), 'probe-tgt-'));
  const memory = mkdtempSync('/dev/shm/probe-tgt-');
  const image = join(memory, 'lun');
  writeFileSync(image, '');
  truncateSync(image, capacityBytes);
  const port = await freePorts();
  const portal = `${ownLoopback}:${port}`;
  // The control port only numbers the daemon's socket, which lies in a folder of its own; 32767 is the most it takes.
  const control = String((port % 32000) + 1);
  const env = { ...process.env, TGT_IPC_SOCKET: join(folder, 'ctl') };
  const daemon = startChild('tgtd', ['-f', '--control-port', control, '--iscsi', `portal=${portal}`], { env });
  const administer = async (...words: string[]): Promise<void> => {
    const args = ['--control-port', control, '--lld', 'iscsi', ...words];
    const { code, stderr } = await runChild('tgtadm', args, { env });
    if (code !== 0) throw new Error(`tgtadm ${args.join(' ')} ended with exit code ${code}: ${stderr}`);
  };
  const iqn = 'iqn.2026-01.com.example:foreign';

  await daemon.during(
    'its control socket',
    until(() => administer('--op', 'show', '--mode', 'system')),
  );
  await daemon.during(
    'its portal',
    until(async () => (await openConnection({ host: ownLoopback, port })).destroy()),
  );
  await administer('--op', 'new', '--mode', 'target', '--tid', '1', '-T', iqn);
  await administer('--op', 'new', '--mode', 'logicalunit', '--tid', '1', '--lun', '1', '-b', image);
  await administer('--op', 'bind', '--mode', 'target', '--tid', '1', '-I', 'ALL');

  return {
    portal,
    iqn,
    lun: 1,
    capacityBytes,
    setParameter: (name, value) =>
      administer('--op', 'update', '--mode', 'target', '--tid', '1', '--name', name, '--value', String(value)),
    async demandChap(incoming, outgoing) {
      for (const [account, ...direction] of [
        [incoming] as const,
        ...(outgoing ? [[outgoing, '--outgoing'] as const] : []),
      ]) {
        await administer('--op', 'new', '--mode', 'account', '--user', account.username, '--password', account.secret);
        await administer('--op', 'bind', '--mode', 'account', '--tid', '1', '--user', account.username, ...direction);
      }
    },
    async stop() {
      daemon.kill('SIGKILL');
      await daemon.end('the end after SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      rmSync(memory, { recursive: true, force: true });
    },
  };
}

/** Tries again, each attempt being a process or a connection of its own, until one succeeds. */
async function until(attempt: () => Promise<void>): Promise<void> {
  for (let left = 500; ; left -= 1) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
