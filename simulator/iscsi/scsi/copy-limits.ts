/** Service actions of EXTENDED COPY: the one with a list identifier of one byte. */
export const extendedCopyActions = { listIdentifier1: 0x00 } as const;

/** Service actions of RECEIVE COPY RESULTS. */
export const receiveCopyResultsActions = {
  copyStatus: 0x00,
  receiveData: 0x01,
  operatingParameters: 0x03,
  failedSegmentDetails: 0x04,
} as const;

/** Descriptors that EXTENDED COPY understands: blocks to blocks, and a unit by its designator. */
export const copyDescriptorTypes = { blockToBlock: 0x02, identification: 0xe4 } as const;

/** What one EXTENDED COPY may ask for. */
export const copyLimits = {
  targets: 8,
  segments: 32,
  /** Bytes of all descriptors together. */
  descriptorListBytes: 1024,
  segmentBytes: 32 * 2 ** 20,
  concurrentCopies: 1,
} as const;
