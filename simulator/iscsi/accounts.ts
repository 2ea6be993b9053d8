import type { StorageArray } from '../array/storage-array.js';
import type { ChapAccount } from './chap.js';

/**
 * How an initiator proves itself: with the target's secret, or with one of its own that its host port has; the target
 * proves itself with the other. Null when neither the target nor the host port demands it.
 */
export function accountsOf(array: StorageArray, initiatorName: string): readonly ChapAccount[] | null {
  const { chapEnabled, chapSecret, alias, iqn } = array.iscsiTarget.record;
  const ofTarget = chapEnabled ? chapSecret : null;
  const ofInitiator = array.iscsiTarget.chapSecretOf(initiatorName) ?? null;
  if (!chapEnabled && ofInitiator === null) return null;
  const names = [initiatorName, iqn, ...(alias === '' ? [] : [alias])];
  return [
    ...(ofTarget === null ? [] : [{ names, secret: ofTarget, ownSecret: ofInitiator }]),
    ...(ofInitiator === null ? [] : [{ names, secret: ofInitiator, ownSecret: ofTarget }]),
  ];
}
