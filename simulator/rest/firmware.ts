import type { FirmwareUpgradeState } from '../array/firmware-upgrades.js';
import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystem } from '../array/storage-systems.js';
import { type HttpRequest, json } from '../http/messages.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { cfwFile, cfwForm, type FirmwareFile, firmwareIn } from './firmware-files.js';
import { formText } from './form-file.js';
import { healthOf, refuseUnhealthy } from './health-checks.js';
import { onKeeper } from './keeper.js';
import type { ArrayRouteContext, Routes } from './route.js';
import {
  CfwActivationRequest,
  CfwUpgradeRequest,
  CfwUpgradeResponse,
  EmbeddedCompatibilityCheckResponse,
  InitialAsyncResponse,
  StagedFirmwareResponse,
} from './schemas/firmware.js';
import { boolean, object, optional, type Static } from './schemas/types.js';

type Versions = NonNullable<Static<typeof StagedFirmwareResponse>['codeVersions']>;

/** What waits to be activated. */
export function stagedView(array: StorageArray): Static<typeof StagedFirmwareResponse> {
  const { staged } = array.firmwareUpgrades;
  if (staged === undefined) return { timeStamp: '0', codeVersions: [] };
  const codeVersions: Versions = [];
  if (staged.bundle !== '') codeVersions.push({ codeModule: 'bundle', versionString: staged.bundle });
  if (staged.nvsram !== '') codeVersions.push({ codeModule: 'nvsram', versionString: staged.nvsram });
  return { timeStamp: String(Math.floor(staged.stagedMs / 1000)), codeVersions };
}

/** How the last upgrade goes; its transfer takes no time. */
function upgradeView(system: StorageSystem, array: StorageArray): Static<typeof CfwUpgradeResponse> {
  const { state } = array.firmwareUpgrades;
  if (state === undefined) return { running: false, healthCheck: healthOf(system) };
  const { requestId, startMs, activationStartMs, activationEndMs, status } = state;
  const start = dateTime(array, startMs);
  return {
    requestId,
    healthCheck: healthOf(system),
    startTime: start,
    uploadStartTime: start,
    uploadCompletionTime: start,
    uploadCompletionPercentage: 100,
    ...(activationStartMs === null ? {} : { activationStartTime: dateTime(array, activationStartMs) }),
    ...(activationEndMs === null ? {} : { activationCompletionTime: dateTime(array, activationEndMs) }),
    running: status === 'running',
  };
}

/** Whether firmware is older than the array's, and whether it fits the array at all. */
function compatibility(array: StorageArray, file: FirmwareFile): Static<typeof EmbeddedCompatibilityCheckResponse> {
  const { firmware } = array.system;
  const onboardVersion = file.type === 'nvsram' ? firmware.nvsram : firmware.bundle;
  const downgrade = file.type === 'bundle' && file.version < firmware.bundle;
  return {
    signatureTestingPassed: true,
    fileCompatible: isCompatible(array, file),
    downgrade,
    advancedDowngrade: downgrade && file.version.slice(0, 5) < firmware.bundle.slice(0, 5),
    versionContents: [{ module: file.type, bundledVersion: file.version, onboardVersion }],
  };
}

/** NVSRAM is made for a board: its name begins as the present one's. */
export function isCompatible(array: StorageArray, { type, version }: FirmwareFile): boolean {
  return type === 'bundle' || version.slice(0, 5) === array.system.firmware.nvsram.slice(0, 5);
}

/** Stages files. Throws RestError for those that do not fit, and for older ones unless they are allowed. */
export function stageFiles(
  array: StorageArray,
  files: readonly FirmwareFile[],
  allowDowngrade: boolean,
): FirmwareUpgradeState {
  for (const file of files) {
    const { fileCompatible, downgrade } = compatibility(array, file);
    if (!fileCompatible)
      throw new RestError(
        'unprocessable',
        `'${file.filename}' is for another model: the array has ${array.system.firmware.nvsram}.`,
      );
    if (downgrade && !allowDowngrade)
      throw new RestError(
        'unprocessable',
        `'${file.filename}' is older than the array's ${array.system.firmware.bundle}.`,
      );
  }
  const versionOf = (type: FirmwareFile['type']) => files.find((file) => file.type === type)?.version ?? '';
  return array.firmwareUpgrades.stage({ bundle: versionOf('bundle'), nvsram: versionOf('nvsram') });
}

/** Controller firmware: checked, staged, activated. */
export function firmwareRoutes(routes: Routes): void {
  upgradeRoutes(routes);
  embeddedRoutes(routes);
}

function upgradeRoutes(routes: Routes): void {
  routes.onArray('getControllerFirmwareUpgradeStatus', { response: CfwUpgradeResponse }, ({ array, system }) => {
    array.jobs.recordPollOfAll('firmware');
    return upgradeView(system, array);
  });
  routes.onArray(
    'startControllerFirmwareUpgrade',
    { body: CfwUpgradeRequest, response: InitialAsyncResponse },
    ({ array, system, systems, body }) => {
      const station = systems.list().find((each) => each.array !== null)?.array ?? array;
      const { cfwFile: bundle, nvsramFile: nvsram } = body;
      const files = [bundle, nvsram].flatMap((name) => (name ? [cfwFile(station, name)] : []));
      if (files.length === 0) throw new RestError('missingField', 'Name a cfwFile or an nvsramFile.', ['cfwFile']);
      if (!body.ignoreHealthCheck) refuseUnhealthy(system);
      return array.transact(() => {
        const { requestId } = stageFiles(array, files, body.allowDowngrade ?? false);
        if (!body.stageFirmware) array.firmwareUpgrades.activate();
        return json({ requestId }, 202);
      });
    },
  );
  routes.onArray(
    'activateStagedControllerFirmware',
    { body: CfwActivationRequest, bodyOptional: true, response: CfwUpgradeResponse },
    ({ array, system, body }) => {
      if (!body.ignoreHealthCheck) refuseUnhealthy(system);
      array.firmwareUpgrades.activate();
      return upgradeView(system, array);
    },
  );
  for (const id of ['getStagedFirmwareDetails', 'getStagedControllerFirmwareDetails'])
    routes.onArray(id, { response: StagedFirmwareResponse }, ({ array }) => stagedView(array));
  for (const id of ['clearStagedFirmware', 'removeStagedFirmware'])
    routes.onArray(id, { status: 204 }, ({ array }) => array.firmwareUpgrades.unstage());
}

/** What the controllers take directly: files in a form, loaded at once unless they are only to be staged. */
function embeddedRoutes(routes: Routes): void {
  onKeeper(
    routes,
    'uploadEmbeddedFirmwareFile',
    { ...cfwForm, query: object({ staged: optional(boolean()), nvsram: optional(boolean()) }) },
    ({ array, request, query }) => {
      const parts = [...(query.nvsram ? ['nvsramfile'] : []), 'dlpfile'];
      const named = parts.filter((part) => formText(request, part) !== undefined);
      const files = (named.length > 0 ? named : ['dlpfile']).map((part) => firmwareIn(array, request, part));
      array.transact(() => {
        stageFiles(array, files, false);
        if (!query.staged) array.firmwareUpgrades.activate();
      });
    },
  );
  onKeeper(routes, 'activateStagedFirmware', { status: 204 }, ({ array }) => {
    array.firmwareUpgrades.activate();
  });
  const checkFile = (type: FirmwareFile['type'], part: string) => (context: ArrayRouteContext<undefined, unknown>) => {
    const file = firmwareIn(context.array, context.request, part);
    refuseOther(file, type, part);
    return compatibility(context.array, file);
  };
  const schemas = { ...cfwForm, response: EmbeddedCompatibilityCheckResponse };
  routes.onArray('checkBundleFileCompatibility', schemas, checkFile('bundle', 'file'));
  routes.onArray('checkNvsramFileCompatibility', schemas, checkFile('nvsram', 'file'));
  routes.onArray('uploadNvsramFile', cfwForm, ({ array, request }) => {
    const file = nvsramIn(array, request);
    array.transact(() => {
      stageFiles(array, [file], false);
      array.firmwareUpgrades.activate();
    });
    return callResponse;
  });
}

/** What operations answer that have nothing to say but that all is well. */
export const callResponse = {
  errorMessage: '',
  localizedMessage: '',
  retcode: '1',
  codeType: 'symbol',
  developerMessage: '',
  invalidFieldsIfKnown: [],
} as const;

function nvsramIn(array: StorageArray, request: HttpRequest): FirmwareFile {
  const file = firmwareIn(array, request, 'nvsramimage');
  refuseOther(file, 'nvsram', 'nvsramimage');
  return file;
}

function refuseOther(file: FirmwareFile, type: FirmwareFile['type'], part: string): void {
  if (file.type !== type)
    throw new RestError('unprocessable', `The file '${file.filename}' is a ${file.type}: a ${type} is expected.`, [
      part,
    ]);
}
