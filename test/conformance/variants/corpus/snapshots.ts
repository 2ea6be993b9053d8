import { answers, change, notImplemented, type Variant, without } from '../variant.js';

/** Snapshots, clones and copies. */
export const snapshotVariants: readonly Variant[] = [
  {
    id: 'snapshots-in-two-groups',
    why: 'Into which of a volume’s snapshot groups an image goes is free, as long as 96 snapshots fit (B8).',
    changes: [
      change(
        'snapshots/snapshots.ts',
        'if (usable !== undefined) return this.image(usable);',
        'if (usable !== undefined && (kept.length > 1 || kept.some((group) => group.consistencyGroup))) return this.image(usable);',
      ),
    ],
  },
  {
    id: 'larger-repositories',
    why: 'How much room a snapshot group has for changes is free.',
    changes: [
      change('transport/array-client.ts', 'const repositoryPercent = 20.0;', 'const repositoryPercent = 40.0;'),
    ],
  },
  {
    id: 'smaller-repositories',
    why: 'How much room a snapshot group has for changes is free.',
    changes: [
      change('transport/array-client.ts', 'const repositoryPercent = 20.0;', 'const repositoryPercent = 12.5;'),
    ],
  },
  {
    id: 'warning-thresholds-of-its-own',
    why: 'When the array warns of full repositories is free.',
    changes: [
      change('transport/array-client.ts', 'warningThreshold: 99,', 'warningThreshold: 80,'),
      change('transport/array-client.ts', 'fullWarnThresholdPercent: 75,', 'fullWarnThresholdPercent: 90,'),
    ],
  },
  {
    id: 'provider-id-in-a-form-of-its-own',
    why: 'provider_id is the driver’s own text: Cinder keeps it and hands it back.',
    changes: [
      change(
        'subject.ts',
        '(await callMethod(driver, method, args))',
        `((returned) => JSON.parse(JSON.stringify(returned ?? null).replaceAll(/"provider_id":"(34[0-9A-F]{38})"/g, '"provider_id":"image-$1"')))(await callMethod(driver, method, JSON.parse(JSON.stringify(args).replaceAll('"provider_id":"image-', '"provider_id":"'))))`,
      ),
    ],
  },
  {
    id: 'snapshots-say-more',
    why: 'create_snapshot may return more fields of the snapshot (R17).',
    changes: [
      answers("method === 'create_snapshot' ? { ...returned, progress: '100%', status: 'available' } : returned"),
    ],
  },
  {
    id: 'revert-is-not-implemented',
    why: 'Without revert_to_snapshot Cinder copies the snapshot over the volume itself (R19).',
    changes: [notImplemented('revert_to_snapshot')],
  },
  {
    id: 'revert-is-not-there',
    why: 'Without revert_to_snapshot Cinder copies the snapshot over the volume itself (R19).',
    changes: [without('revert_to_snapshot')],
  },
  {
    id: 'copies-at-the-usual-priority',
    why: 'With which priority the array copies is free.',
    changes: [
      change(
        'transport/array-client.ts',
        "copyPriority: 'priority4', targetWriteProtected: 'true'",
        "copyPriority: 'priority2', targetWriteProtected: true",
      ),
    ],
  },
  {
    id: 'copies-whose-target-is-not-protected',
    why: 'No host has the target while it is copied to: no host writes to it, protected or not.',
    changes: [change('transport/array-client.ts', "targetWriteProtected: 'true'", "targetWriteProtected: 'false'")],
  },
  {
    id: 'copies-seen-in-the-list',
    why: 'The state of a copy may be read of the job or of the list of jobs.',
    changes: [
      change(
        'snapshots/copier.ts',
        'const { status } = await this.client.copy(ref);',
        "const { status } = (await this.client.copies()).find((each) => each.volcopyRef === ref) ?? { status: 'failed' };",
      ),
    ],
  },
  {
    id: 'snapshots-cannot-be-managed',
    why: 'Taking over snapshots is optional.',
    changes: [
      without(
        'manage_existing_snapshot',
        'manage_existing_snapshot_get_size',
        'unmanage_snapshot',
        'get_manageable_snapshots',
      ),
    ],
  },
  {
    id: 'images-looked-for-in-the-list',
    why: 'An image may be looked up by its reference or found in the list of all.',
    changes: [
      change(
        'snapshots/snapshots.ts',
        'if (snapshot.provider_id) return this.client.findSnapshotImage(snapshot.provider_id);',
        'if (snapshot.provider_id)\n      return (await this.client.snapshotImages()).find((each) => each.id === snapshot.provider_id);',
      ),
    ],
  },
];
