import type { StoredSettings } from './keeper.js';

/** Features that were taken away: an array comes with all that its firmware has. */
export const premiumFeatures: StoredSettings<{ readonly removed: readonly string[] }> = {
  kind: 'premiumFeatures',
  defaults: () => ({ removed: [] }),
};
