import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { connect } from '../../../conformance/probe/index.js';
import { startSimulator } from '../../../simulator/index.js';
import { patience } from '../../conformance/probe/patterns.js';

const hasIpv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'));

describe('the address of the iSCSI portals', () => {
  it.each(['0.0.0.0', '::'])('may not be %s, which no initiator can be told', async (iscsiHost) => {
    await expect(startSimulator({ port: 0, iscsiHost })).rejects.toThrow(
      `--iscsi-host ${iscsiHost} is every address of this host`,
    );
  });

  it.skipIf(!hasIpv6)('is said as IPv6 where it is one (skipped without IPv6)', async () => {
    const simulator = await startSimulator({ port: 0, iscsiHost: '::1' });
    try {
      const [port] = simulator.array.iscsiTarget.ports();
      const [first] = simulator.iscsi;
      expect(first?.portal).toBe(`[::1]:${port?.tcpListenPort}`);
      expect(port).toMatchObject({
        ipv4Enabled: false,
        ipv6Enabled: true,
        ipv6RoutableAddress: '00000000000000000000000000000001',
      });
      const session = await connect({
        portal: first?.portal ?? '',
        targetName: first?.iqn ?? '',
        initiatorName: 'iqn.2026-01.com.example:probe',
        patience,
      });
      expect(await session.logout()).toBe(0);
    } finally {
      await simulator.close();
    }
  });
});
