import type { Mutant } from '../mutant.js';

/** Connections ended. */
export const detachingMutants: readonly Mutant[] = [
  {
    id: 'shared-mapping-stays-while-the-record-says-in-use',
    rule: 'Q20',
    file: 'attach/mapper.ts',
    find: 'const remaining = attachedOf(volume);',
    replace: "if (volume.attach_status === 'attached') return true;\n  const remaining = attachedOf(volume);",
  },
  {
    id: 'shared-mapping-never-goes',
    rule: 'Q20',
    file: 'attach/mapper.ts',
    find: 'if (othersAttached(volume, initiator, watch)) return;',
    replace: 'if (host !== undefined) return;',
  },
  {
    id: 'without-a-connector-nothing-ends',
    rule: 'Q21',
    file: 'attach/mapper.ts',
    find: 'mappings.filter((each) => each.volumeRef === target.volumeRef))\n',
    replace: 'mappings.filter((each) => each.volumeRef === target.volumeRef).slice(1))\n',
  },
  {
    id: 'host-that-is-gone-fails-the-end',
    rule: 'Q21',
    file: 'attach/mapper.ts',
    find: 'if (mapping.mapRef === host?.hostRef) {',
    replace:
      "if (host === undefined) throw new NetAppDriverException('There is no such host.');\n    if (mapping.mapRef === host.hostRef) {",
  },
  {
    id: 'volume-that-is-gone-fails-the-end',
    rule: 'Q21',
    file: 'driver.ts',
    find: '() => volumes.find(volume), initiator',
    replace: '() => volumes.require(volume), initiator',
  },
  {
    id: 'ended-twice-is-an-error',
    rule: 'Q21',
    file: 'attach/mapper.ts',
    find: 'if (mapping === undefined) return this.dissolve(mappings, target);',
    replace: "if (mapping === undefined) throw new NetAppDriverException('It is not mapped.');",
  },
  {
    id: 'attaching-and-detaching-without-a-lock',
    rule: 'Q22',
    file: 'attach/mapper.ts',
    find: 'return this.locks.run(`mapping',
    replace: 'if (luns !== undefined) return action();\n    return this.locks.run(`mapping',
  },
  {
    id: 'host-group-that-cannot-be-read-means-not-mapped',
    rule: 'Q25',
    file: 'attach/mapper.ts',
    find: 'const group = await this.client.findHostGroup(mapping.mapRef);',
    replace: 'const group = await this.client.findHostGroup(mapping.mapRef).catch(() => undefined);',
  },
  {
    id: 'mappings-as-the-volume-lists-them',
    rule: 'Q27',
    file: 'attach/mapper.ts',
    find: 'const mapping = mappings.find((each) => each.volumeRef === target.volumeRef);\n    if (mapping',
    replace: 'const [mapping] = target.listOfMappings;\n    if (mapping',
  },
  {
    id: 'end-that-ends-nothing',
    rule: 'C-terminate-connection-1',
    file: 'attach/mapper.ts',
    find: 'if (!sharedOnHost(volume, initiator, watch))',
    replace: 'if (sharedOnHost(volume, initiator, watch))',
  },
  {
    id: 'end-always-said-to-be-shared',
    rule: 'R29',
    file: 'driver.ts',
    find: '() => volumes.find(volume), initiator);',
    replace: '() => volumes.find(volume), initiator);\n      return true as unknown as undefined;',
  },
];
