import { deriveAttachStatus } from './attachment-status.js';
import { connectorPayload, volumePayload } from './cinder-payloads.js';
import { readConnectionInfo } from './connection-info.js';
import { asException, type Exception, exception, refusal } from './exceptions.js';
import { context, type Operation } from './operation.js';
import type { AttachmentRecord, ConnectorRecord, VolumeRecord } from './records.js';
import { readUpdate, saveVolume } from './updates.js';
import { mustBeThere, UsageError } from './usage.js';

/**
 * Attaches a volume to a host; the attachment gets the connection info (source: R24–R28, R30). After a failure there is
 * no attachment in the database, as when the compute host has deleted what it had reserved.
 */
export async function attach(
  operation: Operation,
  volume: VolumeRecord,
  attachment: AttachmentRecord,
  connector: ConnectorRecord,
): Promise<void> {
  const { database } = operation;
  mustBeThere(database, 'volumes', volume);
  refuseAttachment(volume, attachment);
  database.attachments.set(attachment.id, attachment);
  if (volume.status === 'available') volume.status = 'attaching';
  try {
    attachment.connection_info = await connect(operation, volume, attachment, connector);
  } catch (thrown) {
    database.attachments.delete(attachment.id);
    attachment.attach_status = 'error_attaching';
    deriveAttachStatus(operation, volume);
    throw thrown;
  }
  attachment.connector = connector;
  attachment.attach_status = 'attached';
  deriveAttachStatus(operation, volume);
}

/** Asks once more for the connection info of what is attached already (source: R27). */
export async function connectAgain(operation: Operation, attachment: AttachmentRecord): Promise<void> {
  const volume = volumeOf(operation, attachment);
  attachment.connection_info = await connect(operation, volume, attachment, attachment.connector);
}

function volumeOf({ database }: Operation, attachment: AttachmentRecord): VolumeRecord {
  mustBeThere(database, 'attachments', attachment);
  const volume = database.volumes.get(attachment.volume_id);
  if (volume === undefined) throw new UsageError(`Attachment ${attachment.id} has no volume ${attachment.volume_id}`);
  return volume;
}

/** What Cinder's API refuses to attach, before the driver is called. */
function refuseAttachment(volume: VolumeRecord, attachment: AttachmentRecord): void {
  const { id, status, multiattach } = volume;
  if (status === 'available' || (status === 'in-use' && multiattach)) return;
  attachment.attach_status = 'error_attaching';
  throw refusal('InvalidVolume', `Volume ${id} can't be attached: it is ${status}`);
}

/** The calls of an attachment in their order (R24): each kind of failure is another exception. */
export async function connect(
  operation: Operation,
  volume: VolumeRecord,
  attachment: AttachmentRecord,
  connector: ConnectorRecord | null,
): Promise<Readonly<Record<string, unknown>>> {
  const { database } = operation;
  await wrapped(operation.call('validate_connector', { connector: connectorPayload(connector) }), (cause) =>
    cause.is('InvalidConnectorException')
      ? exception('InvalidInput', cause.raised.message)
      : exception('VolumeBackendAPIException', `Validate volume connection failed: ${cause.message}`),
  );
  const exported = await wrapped(
    operation.call('create_export', {
      context: { ...context },
      volume: volumePayload(database, volume),
      connector: connectorPayload(connector),
    }),
    // Only Cinder's exceptions are wrapped; others leave the manager as they are (R25).
    (cause) =>
      cause.is('CinderException')
        ? exception('VolumeBackendAPIException', `Create export for volume failed: ${cause.message}`)
        : cause,
  );
  try {
    const update = readUpdate(operation, { requirement: 'R25', what: 'what create_export returned' }, exported);
    if (update !== undefined) saveVolume(operation, 'R25', volume, update);
  } catch (thrown) {
    const { message } = asException(thrown);
    await removeExport(operation, volume);
    throw exception('ExportFailure', `Failed to export for volume: ${message}`);
  }
  const returned = await initialize(operation, volume, connector);
  return readConnectionInfo(operation, volume, attachment, returned);
}

/** A failing initialize_connection is followed by remove_export, never by terminate_connection (R26). */
async function initialize(
  operation: Operation,
  volume: VolumeRecord,
  connector: ConnectorRecord | null,
): Promise<unknown> {
  try {
    return await operation.call('initialize_connection', {
      volume: volumePayload(operation.database, volume),
      connector: connectorPayload(connector),
    });
  } catch (thrown) {
    const { message } = asException(thrown);
    await removeExport(operation, volume);
    throw exception('VolumeBackendAPIException', `Driver initialize connection failed (error: ${message}).`);
  }
}

async function removeExport(operation: Operation, volume: VolumeRecord): Promise<void> {
  const args = { context: { ...context }, volume: volumePayload(operation.database, volume) };
  await operation.call('remove_export', args);
}

/**
 * Takes a host's connection away (source: R29, R30). The driver decides by its answer whether other attachments share the
 * connection: then the export stays.
 */
export async function detach(
  operation: Operation,
  attachment: AttachmentRecord,
  {
    force = false,
    connector = attachment.connector,
  }: { readonly force?: boolean; readonly connector?: ConnectorRecord | null },
): Promise<void> {
  const { database } = operation;
  const volume = volumeOf(operation, attachment);
  const shared = await terminate(operation, volume, connector, force);
  if (!shared)
    try {
      await removeExport(operation, volume);
    } catch (thrown) {
      attachment.attach_status = 'error_detaching';
      throw exception('RemoveExportException', `Remove export failed: ${asException(thrown).message}`);
    }
  attachment.attach_status = 'detached';
  database.attachments.delete(attachment.id);
  deriveAttachStatus(operation, volume);
}

/** Calls terminate_connection, unless there is neither connector nor force; says whether the connection is shared (R29). */
export async function terminate(
  operation: Operation,
  volume: VolumeRecord,
  connector: ConnectorRecord | null,
  force: boolean,
): Promise<boolean> {
  mustBeThere(operation.database, 'volumes', volume);
  if (connector === null && !force) return false;
  const returned = await wrapped(
    operation.call('terminate_connection', {
      volume: volumePayload(operation.database, volume),
      connector: connectorPayload(connector),
      force,
    }),
    ({ message }) => exception('VolumeBackendAPIException', `Terminate volume connection failed: ${message}`),
  );
  // What is no boolean counts as false: Fibre Channel drivers return a dict.
  return returned === true;
}

async function wrapped(call: Promise<unknown>, wrap: (cause: Exception) => Exception): Promise<unknown> {
  try {
    return await call;
  } catch (thrown) {
    throw wrap(asException(thrown));
  }
}
