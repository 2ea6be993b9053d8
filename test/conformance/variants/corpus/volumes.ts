import { answers, change, exceptions, type Variant } from '../variant.js';

const grows = '    if (BigInt(found.capacity) < wanted) {\n';
const found = 'return this.client.findVolume(labelOf(nameId(volume)));';
const creates = "return this.rest.system('POST', 'ssc/volumes', { body: { ...volume, sizeUnit: 'gb' } });";

/** Volumes: how they are made, found, grown and deleted, and what is said about it. */
export const volumeVariants: readonly Variant[] = [
  {
    id: 'extend-to-the-present-size-is-refused',
    why: 'Cinder asks for larger sizes only: to refuse one that the volume has already is as right as to accept it.',
    changes: [
      change(
        'provisioning/volumes.ts',
        grows,
        "    if (BigInt(found.capacity) >= wanted)\n      throw new NetAppDriverException(`Volume '${volume.id}' has ${sizeGib} GiB or more already.`);\n    if (BigInt(found.capacity) < wanted) {\n",
      ),
    ],
  },
  {
    id: 'thick-said-outright',
    why: 'A volume whose type does not ask for thin is thick, whether the array chooses that or is told so.',
    changes: [
      change(
        'provisioning/extra-specs.ts',
        "thinProvision: flagOf(specs, 'netapp_thin_provisioned'),",
        "thinProvision: flagOf(specs, 'netapp_thin_provisioned') ?? false,",
      ),
    ],
  },
  {
    id: 'caches-said-outright',
    why: 'The array turns both caches on unless it is told otherwise: a driver may say so itself.',
    changes: [
      change(
        'provisioning/extra-specs.ts',
        "readCacheEnable: flagOf(specs, 'netapp:read_cache'),",
        "readCacheEnable: flagOf(specs, 'netapp:read_cache') ?? true,",
      ),
      change(
        'provisioning/extra-specs.ts',
        "writeCacheEnable: flagOf(specs, 'netapp:write_cache'),",
        "writeCacheEnable: flagOf(specs, 'netapp:write_cache') ?? true,",
      ),
    ],
  },
  {
    id: 'sizes-in-mebibytes',
    why: 'The unit of a size in a request is free; 1024 MiB are a GiB.',
    changes: [
      change(
        'transport/array-client.ts',
        creates,
        "return this.rest.system('POST', 'ssc/volumes', { body: { ...volume, size: volume.size * 1024, sizeUnit: 'mb' } });",
      ),
      change(
        'transport/array-client.ts',
        "body: { expansionSize: size, sizeUnit: 'gb' }",
        "body: { expansionSize: size * 1024, sizeUnit: 'mb' }",
      ),
    ],
  },
  {
    id: 'sizes-as-texts',
    why: 'The documents write 64-bit numbers as texts, and the array takes both.',
    changes: [
      change(
        'transport/array-client.ts',
        creates,
        "return this.rest.system('POST', 'ssc/volumes', { body: { ...volume, size: String(volume.size), sizeUnit: 'gb' } });",
      ),
    ],
  },
  {
    id: 'volumes-found-in-the-list',
    why: 'A volume may be looked up by its label or found in the list of all.',
    changes: [
      change(
        'provisioning/volumes.ts',
        found,
        'const name = labelOf(nameId(volume));\n    return this.client.volumes().then((all) => all.find((each) => each.label === name));',
      ),
    ],
  },
  {
    id: 'volumes-deleted-by-the-plain-path',
    why: 'volumes/{id} and ssc/volumes/{id} name the same volume.',
    changes: [
      change(
        'transport/array-client.ts',
        "return this.rest.system('DELETE', `ssc/volumes/${at(ref)}`);",
        "return this.rest.system('DELETE', `${ref.startsWith('3A') ? 'thin-volumes' : 'volumes'}/${at(ref)}`);",
      ),
    ],
  },
  {
    id: 'volumes-known-by-provider-id',
    why: 'What a create returns as provider_id comes back with every call: a driver may find its volumes by it.',
    changes: [
      change(
        'provisioning/volumes.ts',
        found,
        'const { provider_id: ref } = volume;\n    const byLabel = () => this.client.findVolume(labelOf(nameId(volume)));\n    return ref ? this.client.findVolume(ref).then((found) => found ?? byLabel()) : byLabel();',
      ),
      change(
        'provisioning/provisioning.ts',
        'if (this.replication === undefined || !isReplicated(extraSpecs(volume))) return null;\n    return {',
        'if (this.replication === undefined || !isReplicated(extraSpecs(volume))) return { provider_id: target.volumeRef };\n    return {\n      provider_id: target.volumeRef,',
      ),
    ],
  },
  {
    id: 'volumes-with-a-location',
    why: 'A create may return fields of the volume (R7): here where it lies.',
    changes: [
      answers(
        "/^create_(cloned_)?volume/.test(method) ? { ...(returned ?? {}), provider_location: 'E-Series' } : returned",
      ),
    ],
  },
  {
    id: 'nothing-is-said-as-an-empty-dict',
    why: 'None and {} say the same: nothing is to be changed.',
    changes: [answers('returned ?? {}')],
  },
  {
    id: 'answers-that-nobody-reads',
    why: 'What delete_volume, extend_volume and the like return is ignored (R11, R16).',
    changes: [
      answers(
        "['delete_volume', 'extend_volume', 'remove_export', 'unmanage', 'delete_snapshot', 'check_for_setup_error', 'do_setup'].includes(method) ? true : returned",
      ),
    ],
  },
  {
    id: 'looks-before-it-creates',
    why: 'A driver may look whether the name is free before it asks the array to make the volume.',
    changes: [
      change(
        'provisioning/volumes.ts',
        "    const what = `Volume '${volume.id}'`;\n",
        "    const what = `Volume '${volume.id}'`;\n    if ((await this.find(volume)) !== undefined)\n      throw new NetAppDriverException(`The array has a volume of the name of '${volume.id}' already.`);\n",
      ),
    ],
  },
  {
    id: 'looks-at-the-volume-once-more-when-it-is-made',
    why: 'A driver may read back what it has made.',
    changes: [
      change(
        'provisioning/volumes.ts',
        '      undo.add(what, () => this.client.deleteVolume(target.volumeRef));\n      return target;',
        '      undo.add(what, () => this.client.deleteVolume(target.volumeRef));\n      return (await this.client.findVolume(target.volumeRef)) ?? target;',
      ),
    ],
  },
  {
    id: 'mappings-go-before-the-volume',
    why: 'Cinder deletes detached volumes only: a mapping that is left has no one to serve, and may go with the volume.',
    changes: [
      change(
        'provisioning/volumes.ts',
        '    try {\n      await this.remove(found);',
        '    try {\n      for (const { lunMappingRef } of found.listOfMappings ?? []) await ignoreMissing(this.client.deleteMapping(lunMappingRef));\n      await this.remove(found);',
      ),
    ],
  },
  {
    id: 'errors-of-a-class-of-its-own',
    why: 'Cinder treats every exception that it does not know by name alike; a vendor has classes of its own.',
    changes: [
      exceptions(
        "data.class === 'NetAppDriverException' || data.class === 'WebServiceException' ? { ...data, class: 'MyArrayError', parents: ['VolumeDriverException', 'CinderException'] } : data",
      ),
    ],
  },
  {
    id: 'errors-as-backend-api-exceptions',
    why: 'VolumeBackendAPIException is what most drivers raise when their array refuses something.',
    changes: [
      exceptions(
        "data.class === 'NetAppDriverException' || data.class === 'WebServiceException' ? { ...data, class: 'VolumeBackendAPIException', parents: ['CinderException'] } : data",
      ),
    ],
  },
  {
    id: 'polls-every-two-seconds',
    why: 'How often a driver looks at work that takes its time is free.',
    changes: [change('waiting.ts', 'const pollSeconds = 5;', 'const pollSeconds = 2;')],
  },
  {
    id: 'polls-every-nine-seconds',
    why: 'How often a driver looks at work that takes its time is free.',
    changes: [change('waiting.ts', 'const pollSeconds = 5;', 'const pollSeconds = 9;')],
  },
  {
    id: 'more-patience-with-work',
    why: 'How long a copy or an expansion may take is free, as long as the wait ends (Q16).',
    changes: [change('waiting.ts', 'work: 3600, workPerGib: 60', 'work: 7200, workPerGib: 120')],
  },
  {
    id: 'waits-for-the-first-look',
    why: 'The documented driver waits five seconds before its first look.',
    changes: [
      change(
        'waiting.ts',
        '  for (;;) {\n    const result',
        '  await runtime.sleep(pollSeconds * 1000);\n  for (;;) {\n    const result',
      ),
    ],
  },
  {
    id: 'requests-tried-once',
    why: 'A driver may leave repetitions to Cinder: a request that fails fails the call.',
    changes: [change('transport/rest-client.ts', 'const repeats = 3;', 'const repeats = 0;')],
  },
  {
    id: 'requests-tried-often',
    why: 'How often requests that are safe to repeat are repeated is free.',
    changes: [change('transport/rest-client.ts', 'const repeats = 3;', 'const repeats = 5;')],
  },
  {
    id: 'shorter-timeouts',
    why: 'How long a driver waits for an answer is free, as long as the wait ends (Q52).',
    changes: [change('config.ts', 'netapp_read_timeout: [whole, 60],', 'netapp_read_timeout: [whole, 20],')],
  },
  {
    id: 'tidies-up-in-other-rhythm',
    why: 'How often and how soon a driver tries again to tidy up is free.',
    changes: [
      change(
        'cleanup/undo.ts',
        'const tidyingPausesMs = [1000, 2000];',
        'const tidyingPausesMs = [200, 400, 800, 1600];',
      ),
    ],
  },
  {
    id: 'no-tidying-at-the-start',
    why: 'No rule asks a start to tidy up after a driver that was killed: what calls leave is theirs to remove.',
    changes: [change('driver.ts', '      await this.removeLeftovers(parts);\n', '')],
  },
];
