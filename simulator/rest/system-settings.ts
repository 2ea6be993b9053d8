import type { StorageArray } from '../array/storage-array.js';
import { formType } from '../http/body.js';
import type { HttpRequest } from '../http/messages.js';
import { capabilitiesOf, capabilityNames } from './capabilities.js';
import { RestError } from './errors.js';
import { firstFormFile } from './form-file.js';
import { changeSettings, onKeeper, refuseField, settingsOf } from './keeper.js';
import { premiumFeatures } from './premium-features.js';
import type { Routes } from './route.js';
import {
  ResourceProvisionedVolumesRequest,
  ResourceProvisionedVolumesResponse,
  UpdateStorageSystemSettingsRequest,
} from './schemas/folders.js';
import { StorageSystemResponse } from './schemas/system.js';
import { object, oneOf } from './schemas/types.js';
import { storageSystemView } from './storage-systems.js';

const maxKeyBytes = 2 ** 16;
const form = { bodyTypes: [formType], bodyLimitBytes: maxKeyBytes * 2 };

const provisionedView = ({ system }: StorageArray) => ({
  enableResourceProvisionedVolumes: system.settings.resourceProvisionedVolumesEnabled,
});

/** Settings of a storage system as a whole, and the features that it has by key. */
export function systemSettingRoutes(routes: Routes): void {
  onKeeper(routes, 'getResourceProvisionedVolumes', { response: ResourceProvisionedVolumesResponse }, ({ array }) =>
    provisionedView(array),
  );
  onKeeper(
    routes,
    'setResourceProvisionedVolumes',
    { body: ResourceProvisionedVolumesRequest, response: ResourceProvisionedVolumesResponse },
    ({ array, body: { enableResourceProvisionedVolumes: enabled } }) => {
      if (enabled !== undefined) change(array, { resourceProvisionedVolumesEnabled: enabled });
      return provisionedView(array);
    },
  );
  routes.onArray(
    'updateStorageSystemSettings',
    { body: UpdateStorageSystemSettingsRequest, response: StorageSystemResponse },
    ({ array, system, body: { name, mediaScanPeriod, enableResourceProvisionedVolumes } }) => {
      if (mediaScanPeriod !== undefined && (mediaScanPeriod < 0 || mediaScanPeriod > 30))
        throw refuseField('mediaScanPeriod', mediaScanPeriod, '1 to 30 days, 0 for none');
      array.transact(() => {
        if (name !== undefined) array.rename(name);
        change(array, {
          ...(mediaScanPeriod === undefined ? {} : { mediaScanPeriodDays: mediaScanPeriod }),
          ...(enableResourceProvisionedVolumes === undefined
            ? {}
            : { resourceProvisionedVolumesEnabled: enableResourceProvisionedVolumes }),
        });
      });
      return storageSystemView(system);
    },
  );
  routes.onArray('clearLockdown', { status: 204 }, ({ array }) => {
    throw new RestError('unprocessable', `Storage system '${array.system.label}' is not locked down.`);
  });
  featureRoutes(routes);
}

function change(array: StorageArray, changes: Partial<StorageArray['system']['settings']>): void {
  array.transact(() => {
    array.patchSystem({ settings: { ...array.system.settings, ...changes } });
    array.events.record({ eventType: 0x7500, description: 'Settings of the storage system changed' });
  });
}

/** The feature that a key file names, and the array that it is for: `feature: raid6`, `array: <WWN>`, a line each. */
function keyIn(array: StorageArray, request: HttpRequest): string {
  const { fileName, content } = firstFormFile(request, 'keyFile', maxKeyBytes);
  const text = content.toString();
  const wwn = /^array:\s*(\S+)/im.exec(text)?.[1];
  if (wwn !== undefined && wwn.toUpperCase() !== array.system.wwn)
    throw new RestError('unprocessable', `The key '${fileName}' is for the storage system ${wwn}.`, ['keyFile']);
  const feature = /^feature:\s*(\w+)/im.exec(text)?.[1] ?? '';
  if (!(capabilityNames as readonly string[]).includes(feature))
    throw new RestError(
      'unprocessable',
      `The key '${fileName}' is of no known feature: a line 'feature: NAME' is expected, of ${capabilityNames.join(', ')}.`,
      ['keyFile'],
    );
  return feature;
}

function featureRoutes(routes: Routes): void {
  const store = (array: StorageArray, removed: readonly string[], event: string) => {
    changeSettings(premiumFeatures, { array }, { removed }, event);
  };
  onKeeper(routes, 'enable-PremiumFeature', form, ({ array, request }) => {
    const feature = keyIn(array, request);
    const { removed } = settingsOf(premiumFeatures, { array });
    store(
      array,
      removed.filter((each) => each !== feature),
      `Premium feature ${feature} enabled`,
    );
  });
  onKeeper(
    routes,
    'remove-PremiumFeature',
    { query: object({ capability: oneOf(...capabilityNames) }), status: 204 },
    ({ array, query: { capability } }) => {
      if (!capabilitiesOf(array).includes(capability))
        throw new RestError('unprocessable', `The storage system does not have the feature '${capability}'.`, [
          'capability',
        ]);
      const { removed } = settingsOf(premiumFeatures, { array });
      store(array, [...removed, capability], `Premium feature ${capability} removed`);
    },
  );
  onKeeper(routes, 'enable-FeaturePack', form, ({ array, request }) => {
    keyIn(array, request);
    store(array, [], 'Feature pack enabled');
  });
  onKeeper(routes, 'remove-FeaturePack', { status: 204 }, ({ array }) => {
    store(array, capabilityNames, 'Feature packs removed');
  });
}
