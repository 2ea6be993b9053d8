import { answers, change, type Variant } from '../variant.js';

const lowestLun = 'for (let lun = 1; lun <= lastLun; lun++) if (!used.has(lun)) return lun;';
const delegated =
  'if (mapping.mapRef === host?.hostRef) {\n      if (!sharedOnHost(volume, initiator, watch))\n        await ignoreMissing(this.client.deleteMapping(mapping.lunMappingRef));\n      return;';

/** Connections: LUNs, portals, hosts, CHAP. */
export const attachingVariants: readonly Variant[] = [
  {
    id: 'highest-free-lun',
    why: 'LUNs 1 to 255 are equal (B24): a driver may begin at the top.',
    changes: [
      change('attach/mapper.ts', lowestLun, 'for (let lun = lastLun; lun >= 1; lun--) if (!used.has(lun)) return lun;'),
    ],
  },
  {
    id: 'scattered-luns',
    why: 'The documented driver takes a random free LUN; any free one from 1 to 255 is right (B24).',
    changes: [
      change(
        'attach/mapper.ts',
        lowestLun,
        `const first = (mappings.length * 97 + 131) % lastLun;
    for (let step = 0; step < lastLun; step++) {
      const lun = ((first + step * 2) % lastLun) + 1;
      if (!used.has(lun)) return lun;
    }`,
      ),
    ],
  },
  {
    id: 'lun-not-given-again-at-once',
    why: 'A LUN that was just free may still be known to the host as the old disk: taking the next one is safer, and free.',
    changes: [
      change(
        'attach/mapper.ts',
        'private readonly attachEvents = new AttachEvents();',
        'private readonly attachEvents = new AttachEvents();\n  private lastGiven = 0;',
      ),
      change(
        'attach/mapper.ts',
        lowestLun,
        `for (let step = 1; step <= lastLun; step++) {
      const lun = ((this.lastGiven + step - 1) % lastLun) + 1;
      if (used.has(lun)) continue;
      this.lastGiven = lun;
      return lun;
    }`,
      ),
    ],
  },
  {
    id: 'portals-in-the-other-order',
    why: 'Only the singular keys have to equal the first entries (B2): which portal comes first is free.',
    changes: [
      change(
        'attach/attaching.ts',
        'const portals = portalsFor(target, inventory);',
        'const portals = [...portalsFor(target, inventory)].reverse();',
      ),
    ],
  },
  {
    id: 'hosts-named-after-their-initiators',
    why: 'Hosts are found by their initiators: what they are called is free, and this name helps administrators.',
    changes: [
      change(
        'attach/hosts.ts',
        'this.client.createHost(randomLabel(this.runtime), type, ports)',
        "this.client.createHost(`os-${initiator.replace(/[^\\w-]/g, '-').slice(-27)}`, type, ports)",
      ),
    ],
  },
  {
    id: 'ports-with-plain-labels',
    why: 'The label of a host port is free; nothing looks for it.',
    changes: [
      change(
        'attach/hosts.ts',
        'port: initiator, label: randomLabel(this.runtime) }',
        'port: initiator, label: `port-${randomLabel(this.runtime).slice(0, 20)}` }',
      ),
    ],
  },
  {
    id: 'hosts-go-with-their-last-volume',
    why: 'A host that the driver made and that has nothing attached any more may be deleted: the next attach makes it again.',
    changes: [
      change(
        'attach/mapper.ts',
        delegated,
        `if (mapping.mapRef === host?.hostRef) {
      if (!sharedOnHost(volume, initiator, watch)) {
        await ignoreMissing(this.client.deleteMapping(mapping.lunMappingRef));
        const isUsed = mappings.some((each) => each.mapRef === host.hostRef && each !== mapping);
        if (!isUsed && host.clusterRef === nullRef && /^[A-Z2-7]{26}$/.test(host.label))
          await tidied(this.runtime, 'An idle host', () => this.client.rest.system('DELETE', \`hosts/\${host.hostRef}\`));
      }
      return;`,
      ),
    ],
  },
  {
    id: 'looks-again-after-mapping',
    why: 'A driver may make sure of what it asked for: one more GET changes nothing.',
    changes: [
      change(
        'attach/mapper.ts',
        'return Number(mapping.lun);\n      } catch',
        'const seen = (await this.client.mappings()).find((each) => each.lunMappingRef === mapping.lunMappingRef);\n        return Number((seen ?? mapping).lun);\n      } catch',
      ),
    ],
  },
  {
    id: 'all-lookups-one-after-the-other',
    why: 'Whether independent requests are sent together or one by one is free.',
    changes: [
      change(
        'attach/attaching.ts',
        'const [target, inventory] = await Promise.all([this.volumes.require(volume), this.client.hardwareInventory()]);',
        'const target = await this.volumes.require(volume);\n    const inventory = await this.client.hardwareInventory();',
      ),
    ],
  },
  {
    id: 'another-chap-user',
    why: 'Without chap_username the name is the driver’s to choose; it is told with the connection.',
    changes: [change('attach/connection.ts', "'eserieschapuser'", "'openstack-chap'")],
  },
  {
    id: 'another-chap-secret',
    why: 'Without chap_password any stable secret that is long enough will do; here it has fifteen characters.',
    changes: [change('attach/connection.ts', 'derived.subarray(0, 16)', 'derived.subarray(3, 18)')],
  },
  {
    id: 'connection-says-more',
    why: 'The data of a connection may have more keys that os-brick knows, such as discard and encrypted (R27).',
    changes: [
      answers(
        "method === 'initialize_connection' ? { ...returned, data: { ...returned.data, discard: false, encrypted: false, vendor: { serial: '1' } } } : returned",
      ),
    ],
  },
  {
    id: 'terminate-says-false',
    why: 'False says that the connection is not shared, which is how Cinder reads None too (R29).',
    changes: [answers("method === 'terminate_connection' ? false : returned")],
  },
  {
    id: 'exports-with-a-location',
    why: 'create_export may return fields of the volume, which Cinder keeps (R25).',
    changes: [
      answers("['create_export', 'ensure_export'].includes(method) ? { provider_location: 'iscsi' } : returned"),
    ],
  },
  {
    id: 'own-label-of-the-shared-host-group',
    why: 'What the group of sharing hosts is called is the driver’s affair, as long as it leaves the groups of others alone.',
    changes: [change('attach/hosts.ts', "'cinder-multi-attach'", "'openstack-shared'")],
  },
  {
    id: 'host-type-by-its-index',
    why: 'The published API takes a host type by its index alone.',
    changes: [
      change(
        'transport/array-client.ts',
        'body: { name, hostType, groupId: null, ports } }',
        'body: { name, hostType: { index: hostType.index }, ports } }',
      ),
    ],
  },
  {
    id: 'moves-by-the-published-request',
    why: 'POST volume-mappings/{id}/move is what the published API has for the SYMbol call.',
    changes: [
      change(
        'transport/array-client.ts',
        `    const body = { lunMappingRef: mapping.lunMappingRef, lun, mapRef };
    const answer = await this.rest.system<unknown>('POST', 'symbol/moveLUNMapping', { body });
    if (answer !== 'ok')
      throw new NetAppDriverException(\`The LUN mapping could not be moved: the array answered \${String(answer)}.\`);
`,
        "    await this.rest.system('POST', `volume-mappings/${at(mapping.lunMappingRef)}/move`, { body: { targetId: mapRef, lun } });\n",
      ),
    ],
  },
];
