import type { StoredSettings } from './keeper.js';

/** Settings of the server that more than their own operations go by. */

export const authenticationSettings: StoredSettings<{ readonly disableBasicAuthentication: boolean }> = {
  kind: 'authentication',
  defaults: () => ({ disableBasicAuthentication: false }),
};

/** Seconds; 0 for no access tokens. */
export const accessTokenSettings: StoredSettings<{ readonly maxDuration: number }> = {
  kind: 'accessTokens',
  defaults: () => ({ maxDuration: 86_400 }),
};

/** The release of the web services: clients compare its four parts (source: their version gates). */
export const softwareVersion: StoredSettings<{ readonly current: string; readonly staged: string }> = {
  kind: 'software',
  defaults: () => ({ current: '06.00.9000.0003', staged: '' }),
};
