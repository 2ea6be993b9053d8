import { connect, terminate } from './attachment-operations.js';
import { volumePayload } from './cinder-payloads.js';
import { newAttachment } from './new-records.js';
import { context, type Operation } from './operation.js';
import type { ConnectorRecord, VolumeRecord } from './records.js';

/** Copies a volume's bytes: it is handed the connection infos of both, and the connector of the volume service's host. */
export type CopyData = (
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
  connector: ConnectorRecord,
) => Promise<void>;

/** The volume service's own host. */
const ownConnector = {
  initiator: 'iqn.1993-08.org.debian:01:cinder-volume',
  host: 'cinder-volume',
  ip: '127.0.0.1',
  multipath: false,
} as const;

/**
 * Attaches two volumes to the volume service's own host, has one copied over the other, and takes the connections away
 * (source: Cinder's manager, _copy_volume_data).
 */
export async function connectTemporarily(operation: Operation, from: VolumeRecord, to: VolumeRecord): Promise<void> {
  await connected(operation, to, (toInfo) =>
    connected(operation, from, async (fromInfo) => {
      await operation.runtime.copyData?.(fromInfo, toInfo, ownConnector);
    }),
  );
}

async function connected(
  operation: Operation,
  volume: VolumeRecord,
  work: (info: Readonly<Record<string, unknown>>) => Promise<void>,
): Promise<void> {
  const info = await connect(operation, volume, newAttachment(operation.runtime, volume), ownConnector);
  try {
    await work(info);
  } finally {
    await terminate(operation, volume, ownConnector, false);
    const given = volumePayload(operation.database, volume);
    await operation.call('remove_export', { context: { ...context }, volume: given });
  }
}
