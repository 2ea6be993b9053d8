import type { Mutant } from '../mutant.js';

/** Forced detaches, busy snapshots, replies that a second array loses, refused secrets. */
export const failureAreaMutants: readonly Mutant[] = [
  {
    id: 'force-is-for-everybody',
    rule: 'Q20',
    file: 'driver.ts',
    find: '!connector || (force && Object.keys(connector).length === 0)',
    replace: '!connector || force === true',
  },
  {
    id: 'forced-detach-of-one-host-takes-the-group-along',
    rule: 'Q20',
    file: 'attach/mapper.ts',
    find: 'if (initiator === undefined) return this.takeFromAll(target);',
    replace: "if (initiator === undefined || volume.status !== '') return this.takeFromAll(target);",
  },
  {
    id: 'missing-connector-is-refused-without-force',
    rule: 'C-terminate-connection-2',
    file: 'driver.ts',
    find: '!connector || (force && Object.keys(connector).length === 0)',
    replace: 'force && Object.keys(connector ?? {}).length === 0',
    also: [
      { file: 'driver.ts', find: 'plain(initiatorOf(connector))', replace: 'plain(initiatorOf(connector ?? {}))' },
    ],
  },
  {
    id: 'busy-snapshot-is-an-error',
    rule: 'C-delete-snapshot-1',
    file: 'snapshots/snapshots.ts',
    find: 'throw new SnapshotIsBusy({ snapshot_name: snapshot.id, reason: messageOf(error) }, { cause: error });',
    replace: 'throw new NetAppDriverException(messageOf(error));',
  },
  {
    id: 'busy-by-its-number-is-not-busy',
    rule: 'C-delete-snapshot-1',
    file: 'errors.ts',
    find: 'busyCodes.has(String(error.retcode))',
    replace: "busyCodes.has(String(error.retcode)) && error.retcode !== '3'",
  },
  {
    id: 'group-that-is-gone-keeps-its-snapshots',
    rule: 'C-delete-cgsnapshot-1',
    file: 'groups/groups.ts',
    find: 'const group = await foundIfThere(this.runtime, () => this.groups.find(groupIdOf(groupSnapshot)));\n    const ids',
    replace: 'const group = await this.groups.require(groupIdOf(groupSnapshot));\n    const ids',
  },
  {
    id: 'replica-that-stays-small-counts-as-extended',
    rule: 'C-create-volume-4',
    file: 'provisioning/replication.ts',
    find: 'await this.remote.expandVolume(secondary.id, sizeGib);',
    replace: 'await this.remote.expandVolume(secondary.id, Number(BigInt(secondary.capacity) / gib));',
  },
  {
    id: 'refused-secret-is-told',
    rule: 'B23',
    file: 'config.ts',
    find: "const shown = /password|secret|token/.test(option) ? '****' : value;",
    replace: 'const shown = value;',
  },
  {
    id: 'support-data-without-an-answer-fails-the-start',
    rule: 'R2',
    file: 'setup/autosupport.ts',
    find: '    } catch (error) {\n',
    replace: '    } catch (error) {\n      if (!(error instanceof WebServiceException)) throw error;\n',
    also: [
      {
        file: 'setup/autosupport.ts',
        find: "import { messageOf } from '../errors.js';",
        replace: "import { messageOf, WebServiceException } from '../errors.js';",
      },
    ],
  },
];
