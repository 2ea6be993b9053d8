import { collectBundle } from './device-asup.js';
import { RestError } from './errors.js';
import { onKeeper, refuseField, type StoredSettings, settingsOf, settingsRoutes } from './keeper.js';
import { storePrivateFile } from './private-files.js';
import type { Routes } from './route.js';
import {
  AutoSupportAsyncResponse,
  AutoSupportConfigRequest,
  AutoSupportConfigResponse,
  AutoSupportRequest,
  AutoSupportStatusResponse,
} from './schemas/auto-support.js';
import { list, type Static } from './schemas/types.js';

type Configuration = Static<typeof AutoSupportConfigResponse>;
type Status = Static<typeof AutoSupportStatusResponse>;

const jobs = 'station/autoSupportJob';

const autoSupport: StoredSettings<Configuration> = {
  kind: 'autoSupport',
  defaults: () => ({
    autoSupportEnabled: true,
    scheduleType: 'weekly',
    scheduledDays: ['sunday'],
    deliveryType: 'https',
    httpDeliveryType: 'direct',
    smtpConfiguration: {},
    sequenceNumber: '0',
  }),
};

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** AutoSupport of the proxy: its settings, and bundles that are collected at once. */
export function autoSupportRoutes(routes: Routes): void {
  settingsRoutes(routes, {
    ...autoSupport,
    read: 'get-AutoSupportConfiguration',
    write: 'update-AutoSupportConfiguration',
    body: AutoSupportConfigRequest,
    response: AutoSupportConfigResponse,
    event: 'AutoSupport configuration of the proxy changed',
    changes: ({ smtpConfiguration, ...wanted }, present) => {
      const { emailServerPassword: _password, ...smtp } = { ...present.smtpConfiguration, ...smtpConfiguration };
      if ((wanted.deliveryType ?? present.deliveryType) === 'smtp' && !smtp.mailServer)
        throw refuseField('mailServer', smtp.mailServer ?? '', 'a mail server, for smtp');
      const scheduledDays = wanted.scheduleType === 'daily' ? days : ['sunday' as const];
      return { ...wanted, smtpConfiguration: smtp, ...(wanted.scheduleType && { scheduledDays: [...scheduledDays] }) };
    },
  });
  onKeeper(
    routes,
    'post-triggerAutoSupportBundle',
    { body: AutoSupportRequest, response: AutoSupportAsyncResponse },
    ({ array, body: { operationType, dispatchType }, ...context }) =>
      array.transact(() => {
        const { autoSupportEnabled } = settingsOf(autoSupport, { array, ...context });
        const isSent = operationType === 'collectAndDispatch' && autoSupportEnabled === true;
        const bundle = collectBundle(array, isSent);
        const jobId = String(array.takeCounter('job'));
        const status: Status = {
          id: jobId,
          operationType,
          dispatchType,
          status: operationType === 'collectAndDispatch' && !isSent ? 'failed' : 'completed',
          dispatchStatus: operationType === 'collectAndDispatch' && !isSent ? 'autoSupportFeatureNotEnabled' : 'ok',
          bundleFile: storePrivateFile(array, bundle.name, Buffer.from(bundle.base64, 'base64')),
          errorMessage: '',
        };
        array.documents.put(jobs, jobId, status);
        return { jobId, operationType, dispatchType };
      }),
  );
  onKeeper(routes, 'get-AutoSupportBundleStatuses', { response: list(AutoSupportStatusResponse) }, ({ array }) =>
    array.documents.list<Status>(jobs),
  );
  onKeeper(routes, 'get-AutoSupportBundleStatus', { response: AutoSupportStatusResponse }, ({ array, id }) => {
    const status = array.documents.find<Status>(jobs, id);
    if (status === undefined) throw new RestError('notFound', `There is no AutoSupport job '${id}'.`);
    return status;
  });
}
