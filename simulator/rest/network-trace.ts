import { ArrayError } from '../array/errors.js';
import type { StorageArray } from '../array/storage-array.js';
import { bytesType } from '../http/body.js';
import { HttpResponse } from '../http/messages.js';
import type { Routes } from './route.js';
import { boolean, integer, list, object, optional, type Static, text } from './schemas/types.js';

const Descriptor = object({
  maxTraceSizeMB: integer(),
  maxTraceDurationSeconds: integer(),
  packetLengthBytes: integer(),
  interfaces: list(text()),
});

const Request = object({
  maxTraceSizeMB: optional(integer({ minimum: 1 })),
  maxTraceDurationSeconds: optional(integer({ minimum: 1 })),
  packetLengthBytes: optional(integer({ minimum: 1 })),
  interfaces: optional(list(text())),
});

/** A trace that goes on or has left a file. */
interface Trace extends Static<typeof Descriptor> {
  readonly endMs: number;
}

const kind = 'array/networkTrace';
const key = 'trace';

const defaults = { maxTraceSizeMB: 25, maxTraceDurationSeconds: 300, packetLengthBytes: 96 };

function present(array: StorageArray): Trace | undefined {
  return array.documents.find<Trace>(kind, key);
}

function active(array: StorageArray): Trace {
  const trace = present(array);
  if (trace === undefined || trace.endMs <= array.now())
    throw new ArrayError('invalidRequest', 'No network trace is active.');
  return trace;
}

/** A file of packets (libpcap 2.4, Ethernet). The simulator's ports are sockets: it captures no packets. */
function captureFile({ packetLengthBytes }: Trace): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(packetLengthBytes, 16);
  header.writeUInt32LE(1, 20);
  return header;
}

/** A trace of the host ports: started, stopped by hand or when its time is over, and read as a file. */
export function networkTraceRoutes(routes: Routes): void {
  routes.onArray('startNetworkTrace', { body: Request }, ({ array, body }) => {
    const before = present(array);
    if (before !== undefined && before.endMs > array.now())
      throw new ArrayError('busy', 'A network trace is active already: stop it first.');
    const ports = body.interfaces ?? array.iscsiTarget.ports().map(({ ref }) => ref);
    const interfaces = ports.map((ref) => array.iscsiTarget.port(ref).ref);
    const trace = { ...defaults, ...body, interfaces };
    const endMs = array.now() + trace.maxTraceDurationSeconds * 1000;
    array.documents.put(kind, key, { ...trace, endMs }, 'Network trace started');
  });
  routes.onArray('statusNetworkTrace', { response: Descriptor }, ({ array }) => {
    const { endMs: _end, ...descriptor } = active(array);
    return descriptor;
  });
  routes.onArray('stopNetworkTrace', {}, ({ array }) => {
    array.documents.put(kind, key, { ...active(array), endMs: array.now() }, 'Network trace stopped');
  });
  routes.onArray(
    'getNetworkTraceFile',
    { query: object({ 'auto-delete': optional(boolean()) }) },
    ({ array, query }) => {
      const trace = array.documents.require<Trace>(kind, key, 'network trace');
      if (query['auto-delete']) array.documents.delete(kind, key);
      return new HttpResponse(
        200,
        [
          ['content-type', bytesType],
          ['content-disposition', 'attachment; filename="trace.pcap"'],
        ],
        captureFile(trace),
      );
    },
  );
  routes.onArray('deleteNetworkTraceFile', {}, ({ array }) => {
    const trace = present(array);
    if (trace === undefined || trace.endMs > array.now())
      throw new ArrayError('invalidRequest', 'There is no file of an ended network trace to delete.');
    array.documents.delete(kind, key, 'Network trace file deleted');
  });
}
