import type { Mutant } from '../mutant.js';

/** Connections, as a reader of the contract would get them wrong. */
export const readingConnectionMutants: readonly Mutant[] = [
  {
    id: 'host-known-by-its-first-port-only',
    rule: 'B36',
    file: 'attach/hosts.ts',
    find: 'host.hostSidePorts.some((port)',
    replace: 'host.hostSidePorts.slice(0, 1).some((port)',
  },
  {
    id: 'initiators-compared-by-letters-alone',
    rule: 'C-initialize-connection-3',
    file: 'attach/hosts.ts',
    find: "return address.toUpperCase().replaceAll(':', '');",
    replace: "return address.toUpperCase().replace(/[^A-Z0-9]/g, '');",
  },
  {
    id: 'only-one-portal-of-the-owner-is-told',
    rule: 'B2',
    file: 'attach/connection.ts',
    find: 'return own.length > 0 ? own : portals;',
    replace: 'return own.length > 0 ? own.slice(0, 1) : portals;',
  },
  {
    id: 'portals-listen-where-they-always-do',
    rule: 'C-initialize-connection-1',
    file: 'attach/connection.ts',
    find: '`${address.ipv4Address}:${port.tcpListenPort}`',
    replace: '`${address.ipv4Address}:3260`',
  },
  {
    id: 'credentials-of-a-volume-with-a-password-cut-short',
    rule: 'C-initialize-connection-2',
    file: 'attach/connection.ts',
    find: 'auth_username: username, auth_password: password }',
    replace: 'auth_username: username, auth_password: password.slice(0, 12) }',
  },
  {
    id: 'secret-that-changes-with-each-attachment',
    rule: 'Q23',
    file: 'attach/attaching.ts',
    find: 'chapCredentials(configuration, endpoint.systemId);',
    replace: 'chapCredentials(configuration, `${endpoint.systemId} ${(this.attachments += 1)}`);',
    also: [
      {
        file: 'attach/attaching.ts',
        find: 'private hostType: HostType | undefined;',
        replace: 'private hostType: HostType | undefined;\n  private attachments = 0;',
      },
    ],
  },
  {
    id: 'membership-of-a-host-is-not-taken-back',
    rule: 'R26',
    file: 'attach/mapper.ts',
    find: "undo.add(`Host '${each.label}' in group '${group.label}'`, () => this.hosts.leave(each.hostRef));",
    replace: 'void undo;',
  },
  {
    id: 'luns-of-other-hosts-do-not-count-with-sharing',
    rule: 'B24',
    file: 'attach/mapper.ts',
    find: 'this.multiattach || targets.includes(mapping.mapRef)',
    replace: 'targets.includes(mapping.mapRef)',
  },
  {
    id: 'lun-chosen-anew-out-of-what-was-known',
    rule: 'B33',
    file: 'attach/mapper.ts',
    find: 'attempt++, mappings = await this.client.mappings())',
    replace: 'attempt++, mappings = known)',
  },
  {
    id: 'second-of-three-guests-leaves-with-the-last',
    rule: 'Q20',
    file: 'attach/mapper.ts',
    find: 'return count - watch.leavings(initiator) > 1;',
    replace: 'return count > 0 && watch.leavings(initiator) === 0 && attachedOf(volume).length > 1;',
  },
  {
    id: 'detach-by-force-of-one-host-takes-all',
    rule: 'Q20',
    file: 'driver.ts',
    find: 'const isEveryHost = !connector || (force && Object.keys(connector).length === 0);',
    replace: 'const isEveryHost = !connector || force === true;',
  },
];
