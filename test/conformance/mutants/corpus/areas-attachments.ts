import type { Mutant } from '../mutant.js';

/** Attachments of one host more than once, initiators with similar names, portals, CHAP, LUNs at the end of the range. */
export const attachmentAreaMutants: readonly Mutant[] = [
  {
    id: 'one-of-two-attachments-takes-the-mapping',
    rule: 'Q20',
    file: 'mapper.ts',
    find: 'if (!sharedOnHost(volume, connector, watch))',
    replace: 'if (volume.id !== undefined)',
  },
  {
    id: 'second-attachment-on-the-host-keeps-the-mapping-for-ever',
    rule: 'C-terminate-connection-1',
    file: 'mapper.ts',
    find: "return count - watch.leavings(plain(connector.initiator ?? '')) > 1;",
    replace: "return count - watch.leavings(plain(connector.initiator ?? '')) > 0;",
  },
  {
    id: 'attachments-of-the-same-host-are-not-counted-with-sharing',
    rule: 'Q20',
    file: 'mapper.ts',
    find: 'const known = leave(remaining, connector, 1);',
    replace: 'const known = leave(remaining, connector, 99);',
  },
  {
    id: 'initiator-that-begins-alike-is-taken',
    rule: 'C-initialize-connection-3',
    file: 'hosts.ts',
    find: 'plain(port.address) === wanted',
    replace: 'plain(port.address).startsWith(wanted)',
  },
  {
    id: 'initiator-that-ends-alike-is-taken',
    rule: 'C-initialize-connection-3',
    file: 'hosts.ts',
    find: 'plain(port.address) === wanted',
    replace: 'plain(port.address).endsWith(wanted.slice(-8))',
  },
  {
    id: 'initiator-that-is-a-part-of-the-wanted-one-is-taken',
    rule: 'C-initialize-connection-3',
    file: 'hosts.ts',
    find: 'plain(port.address) === wanted',
    replace: 'wanted.includes(plain(port.address))',
  },
  {
    id: 'initiators-compared-by-their-last-part',
    rule: 'C-initialize-connection-3',
    file: 'hosts.ts',
    find: "return address.toUpperCase().replaceAll(':', '');",
    replace: "return (address.split(':').at(-1) ?? address).toUpperCase();",
  },
  {
    id: 'initiators-cut-to-the-length-of-a-label',
    rule: 'C-initialize-connection-3',
    file: 'hosts.ts',
    find: "return address.toUpperCase().replaceAll(':', '');",
    replace: "return address.toUpperCase().replaceAll(':', '').slice(0, 30);",
  },
  {
    id: 'only-the-first-port-of-a-host-is-looked-at',
    rule: 'B36',
    file: 'hosts.ts',
    find: '(host.hostSidePorts ?? []).some(',
    replace: '(host.hostSidePorts ?? []).slice(0, 1).some(',
  },
  {
    id: 'portals-that-are-not-configured-are-told',
    rule: 'B2',
    file: 'connection.ts',
    find: "!address?.ipv4Address || address.configState !== 'configured'",
    replace: '!address?.ipv4Address',
  },
  {
    id: 'portals-that-are-switched-off-are-told',
    rule: 'B2',
    file: 'connection.ts',
    find: '!port.ipv4Enabled || !port.iqn',
    replace: '!port.iqn',
  },
  {
    id: 'outer-address-of-the-portal',
    rule: 'C-initialize-connection-1',
    file: 'connection.ts',
    find: 'address: `${address.ipv4Address}:${port.tcpListenPort}`',
    replace:
      'address: `${(port.ipv4Data as { ipv4Address?: string }).ipv4Address ?? address.ipv4Address}:${port.tcpListenPort}`',
  },
  {
    id: 'port-of-the-portal-is-always-3260',
    rule: 'C-initialize-connection-1',
    file: 'connection.ts',
    find: '${address.ipv4Address}:${port.tcpListenPort}',
    replace: '${address.ipv4Address}:3260',
  },
  {
    id: 'one-portal-that-cannot-be-used-fails-all',
    rule: 'B32',
    file: 'connection.ts',
    find: "|| address.configState !== 'configured') return [];",
    replace:
      "|| address.configState !== 'configured')\n      throw new NetAppDriverException(`Port ${port.iqn} is not configured.`);",
  },
  {
    id: 'credentials-of-the-volume-are-left-out',
    rule: 'C-initialize-connection-2',
    file: 'connection.ts',
    find: '      ...given,\n',
    replace: '',
  },
  {
    id: 'credentials-of-the-volume-in-the-wrong-order',
    rule: 'C-initialize-connection-2',
    file: 'connection.ts',
    find: 'const [method, username, password] = volume.provider_auth',
    replace: 'const [username, method, password] = volume.provider_auth',
  },
  {
    id: 'chap-only-for-the-first-volume',
    rule: 'Q23',
    file: 'attaching.ts',
    find: 'const credentials = chapCredentials(configuration, endpoint.systemId);',
    replace:
      'const state = this as unknown as { told?: boolean };\n    const credentials = chapCredentials(configuration, state.told ? String(Math.random()) : endpoint.systemId);\n    state.told = true;',
  },
  {
    id: 'one-above-the-highest-lun',
    rule: 'B24',
    file: 'mapper.ts',
    find: 'for (let lun = 1; lun <= lastLun; lun++) if (!used.has(lun)) return lun;',
    replace: 'const next = Math.max(0, ...used) + 1;\n    if (next <= lastLun) return next;',
  },
  {
    id: 'lun-256-after-255',
    rule: 'B24',
    file: 'mapper.ts',
    find: 'for (let lun = 1; lun <= lastLun; lun++) if (!used.has(lun)) return lun;',
    replace: 'return Math.max(0, ...used) + 1;',
    also: [
      {
        file: 'mapper.ts',
        find: "    throw new NetAppDriverException(\n      `No free LUN is left for host '${host.label}': it sees ${used.size} of ${lastLun}.`,\n    );\n",
        replace: '',
      },
    ],
  },
  {
    id: 'foreign-lun-at-the-end-counts-as-a-full-host',
    rule: 'B24',
    file: 'mapper.ts',
    find: 'for (let lun = 1; lun <= lastLun; lun++) if (!used.has(lun)) return lun;',
    replace: 'if (!used.has(lastLun)) for (let lun = 1; lun <= lastLun; lun++) if (!used.has(lun)) return lun;',
  },
  {
    id: 'host-made-by-another-service-fails-the-attachment',
    rule: 'B33',
    file: 'hosts.ts',
    find: 'if (present === undefined) throw error;',
    replace: 'throw error;',
    also: [
      {
        file: 'hosts.ts',
        find: 'return await made(\n',
        replace: 'return await (async (create: () => Promise<ArrayHost>, _find: unknown) => create())(\n',
      },
      {
        file: 'hosts.ts',
        find: "import { made } from './undo.js';",
        replace: "import { made } from './undo.js';\nvoid made;",
      },
    ],
  },
  {
    id: 'host-made-by-another-service-is-made-without-the-initiator',
    rule: 'B33',
    file: 'hosts.ts',
    find: 'const present = await this.find(initiator).catch(() => undefined);',
    replace: 'const present = await this.client.createHost(randomLabel(this.runtime), type, []);',
    also: [
      {
        file: 'hosts.ts',
        find: 'return await made(\n',
        replace: 'return await (async (create: () => Promise<ArrayHost>, _find: unknown) => create())(\n',
      },
    ],
  },
];
