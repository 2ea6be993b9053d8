import { ArrayError } from '../array/errors.js';
import type { StorageArray } from '../array/storage-array.js';
import { bundles } from './device-asup.js';
import { refuseField } from './keeper.js';
import { download, type KeptFile } from './private-files.js';
import type { ArrayRouteContext, Routes } from './route.js';
import { boolean, Int64, integer, list, object, oneOf, optional, type Static, text } from './schemas/types.js';
import { type SupportFile, supportArchive, supportText } from './support-files.js';

const RawDataType = oneOf('debugQueue', 'dbmRecords', 'coreDump');

const RawDataRequest = object({
  controller: optional(oneOf('local', 'a', 'b')),
  rawDataTypes: optional(list(RawDataType)),
});

const RawDataStatus = object({
  rawDataTypes: list(RawDataType),
  percentComplete: integer(),
  complete: boolean(),
  cancelled: boolean(),
});

const SupportDataType = oneOf(
  'driveData',
  'traceBuffers',
  'ioPathStatistics',
  'supportBundle',
  'coreDump',
  'storageArrayConfiguration',
  'deviceProfile',
  'firmwareInventory',
  'unreadableSectors',
  'iscsiSessionsConnections',
  'dbmBackup',
);

const SupportDataRequest = object({ type: SupportDataType, filename: text() });

const SupportDataResponse = object({
  requestId: Int64,
  progress: object({ complete: boolean(), percentage: integer() }),
  sizeInBytes: Int64,
  type: SupportDataType,
  filename: text(),
});

/** What is collected for each type of support data. */
const contents: Readonly<Record<Static<typeof SupportDataType>, readonly SupportFile[]>> = {
  driveData: ['databaseRecords', 'statistics'],
  traceBuffers: ['events'],
  ioPathStatistics: ['statistics'],
  supportBundle: ['deviceProfile', 'firmwareInventory', 'events', 'databaseRecords', 'statistics'],
  coreDump: [],
  storageArrayConfiguration: ['deviceProfile', 'databaseRecords'],
  deviceProfile: ['deviceProfile'],
  firmwareInventory: ['firmwareInventory'],
  unreadableSectors: ['deviceProfile'],
  iscsiSessionsConnections: ['deviceProfile'],
  dbmBackup: ['databaseRecords'],
};

/** A collection of data, as it was asked for. The work on it is a job of the array. */
interface Collection {
  readonly id: string;
  readonly types: readonly string[];
  readonly fileName: string;
  readonly cancelled: boolean;
  readonly base64: string;
}

type Kind = 'rawData' | 'supportData';

/** How much there is to collect, of each type. */
const collectedBytes = 2 ** 30;

/** How many collections of a kind are remembered. */
const mostCollections = 20;

/** Begins to collect data, which are those of this moment. */
function begin(array: StorageArray, kind: Kind, wanted: Omit<Collection, 'id' | 'cancelled'>): Collection {
  return array.transact(() => {
    const id = String(array.takeCounter('job'));
    const present = array.documents.list<Collection>(`array/${kind}`);
    const [oldest] = present;
    if (present.length >= mostCollections && oldest !== undefined) array.documents.delete(`array/${kind}`, oldest.id);
    const collection = { ...wanted, id, cancelled: false };
    array.documents.put(`array/${kind}`, id, collection, `Collection of ${wanted.types.join(', ')} started`);
    array.jobs.start('dataCollection', objectRefOf(kind, id), collectedBytes * wanted.types.length);
    return collection;
  });
}

/** A client looks at a collection: work that proceeds by looks moves on. */
function lookAt(array: StorageArray, kind: Kind, id: string) {
  const collection = array.documents.require<Collection>(`array/${kind}`, id, 'collection of support data');
  array.jobs.recordPoll(objectRefOf(kind, id));
  const job = array.jobs.find('dataCollection', objectRefOf(kind, id));
  const complete = job === undefined && !collection.cancelled;
  const percent = complete ? 100 : job === undefined ? 0 : array.jobs.percent(job);
  return { collection, job, complete, percent };
}

function objectRefOf(kind: Kind, id: string): string {
  return `${kind}:${id}`;
}

export function supportDataRoutes(routes: Routes): void {
  rawDataRoutes(routes);
  routes.onArray(
    'beginRetrieval',
    { body: SupportDataRequest, response: object({ requestId: Int64 }), status: 202 },
    ({ array, body: { type, filename } }) => {
      if (!/^[\w.-]{1,128}$/.test(filename)) throw refuseField('filename', filename, '1 to 128 letters, digits, . _ -');
      if (contents[type].length === 0) throw new ArrayError('invalidRequest', `The array holds no ${type}.`);
      const base64 = supportArchive(array, contents[type]).toString('base64');
      const { id } = begin(array, 'supportData', { types: [type], fileName: filename, base64 });
      const kept: KeptFile = { name: filename, base64, timeMs: array.now() };
      array.documents.put(bundles, filename, kept);
      return { requestId: id };
    },
  );
  routes.onArray('getSupportDataRetrievalRequestStatus', { response: SupportDataResponse }, ({ array, id }) => {
    const { collection, complete, percent } = lookAt(array, 'supportData', id);
    return {
      requestId: id,
      progress: { complete, percentage: percent },
      sizeInBytes: String(complete ? Buffer.byteLength(collection.base64, 'base64') : 0),
      type: collection.types[0],
      filename: collection.fileName,
    };
  });
  routes.onArray(
    'get-DeviceDiagnosticData',
    {
      body: object({ requestType: optional(oneOf('deviceProfile', 'firmwareInventory')) }),
      response: object({ responseData: text() }),
    },
    ({ array, body }) => ({ responseData: supportText(array, body.requestType ?? 'deviceProfile') }),
  );
  // No controller of this array dumps its core.
  routes.onArray(
    'get-CoreDumpInformation',
    {
      response: object({
        dplCoreDumpTag: integer(),
        dplCoreDumpNeedsRetrieved: boolean(),
        dplCoreDumpEnabled: boolean(),
        timeStamp: Int64,
      }),
    },
    () => ({ dplCoreDumpTag: 0, dplCoreDumpNeedsRetrieved: false, dplCoreDumpEnabled: true, timeStamp: '0' }),
  );
}

/** Raw data of a controller: asked for, waited for, fetched. */
function rawDataRoutes(routes: Routes): void {
  const collect = ({ array, body }: ArrayRouteContext<Static<typeof RawDataRequest>, unknown>) => {
    const { rawDataTypes: types = ['debugQueue', 'dbmRecords'] } = body;
    if (types.length === 0) throw refuseField('rawDataTypes', types, 'one type at least');
    if (types.includes('coreDump')) throw new ArrayError('invalidRequest', 'No controller holds a core dump.');
    const files = types.map((type): SupportFile => (type === 'debugQueue' ? 'events' : 'databaseRecords'));
    const base64 = supportArchive(array, files).toString('base64');
    return { requestId: begin(array, 'rawData', { types, fileName: 'raw-data.tar.gz', base64 }).id };
  };
  const schemas = { body: RawDataRequest, response: object({ requestId: text() }), status: 202 };
  routes.onArray('get-DiagRawData', schemas, collect);
  // In lockdown nothing else can be asked; this array is in none.
  routes.onArray('get-DiagRawDataLockdown', schemas, (): never => {
    throw new ArrayError('invalidRequest', 'The array is not in lockdown: ask for raw-data instead.');
  });
  routes.onArray('get-DiagRawDataStatus', { response: RawDataStatus }, ({ array, id }) => {
    const { collection, complete, percent } = lookAt(array, 'rawData', id);
    const { types, cancelled } = collection;
    return { rawDataTypes: types, percentComplete: percent, complete, cancelled };
  });
  routes.onArray('cancel-DiagRawData', {}, ({ array, id }) => {
    const { collection, job } = lookAt(array, 'rawData', id);
    if (job === undefined)
      throw new ArrayError('invalidRequest', `The collection '${id}' has ended: it cannot be cancelled.`);
    array.transact(() => {
      array.jobs.end(job, 'cancel');
      array.documents.put('array/rawData', id, { ...collection, cancelled: true }, `Collection ${id} cancelled`);
    });
  });
  routes.onArray('get-DiagRawDataFile', {}, ({ array, id }) => {
    const { collection, complete } = lookAt(array, 'rawData', id);
    if (!complete)
      throw new ArrayError('invalidRequest', `The collection '${id}' is not complete: there is no file yet.`);
    return download({ name: collection.fileName, base64: collection.base64 });
  });
}
