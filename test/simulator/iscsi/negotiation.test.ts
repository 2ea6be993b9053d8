import { describe, expect, it } from 'vitest';
import { agreed, defaultParameters, negotiate } from '../../../simulator/iscsi/negotiation.js';

describe('negotiating', () => {
  it.each([
    ['HeaderDigest', 'None,CRC32C', 'None'],
    ['HeaderDigest', 'CRC32C,None', 'CRC32C'],
    ['DataDigest', 'MD5,CRC32C', 'CRC32C'],
    ['DataDigest', 'MD5', 'Reject'],
    ['MaxConnections', '8', '1'],
    ['MaxConnections', '0', 'Reject'],
    ['InitialR2T', 'No', 'No'],
    ['InitialR2T', 'Yes', 'Yes'],
    ['InitialR2T', 'yes', 'Reject'],
    ['ImmediateData', 'No', 'No'],
    ['MaxBurstLength', '0x1000', '4096'],
    ['MaxBurstLength', '511', 'Reject'],
    ['MaxBurstLength', '16777216', 'Reject'],
    ['FirstBurstLength', '1048576', '262144'],
    ['MaxOutstandingR2T', '4', '4'],
    ['MaxOutstandingR2T', '100', '16'],
    ['DefaultTime2Wait', '0', '2'],
    ['DefaultTime2Wait', '3601', 'Reject'],
    ['DefaultTime2Retain', '20', '0'],
    ['ErrorRecoveryLevel', '2', '0'],
    ['DataPDUInOrder', 'No', 'Yes'],
    ['IFMarker', 'Yes', 'No'],
    ['OFMarkInt', '1~2', 'Irrelevant'],
    ['iSCSIProtocolLevel', '2', '1'],
    ['TaskReporting', 'ResponseFence,RFC3720', 'RFC3720'],
    ['X-com.example.key', '1', 'NotUnderstood'],
    ['constructor', '1', 'NotUnderstood'],
    ['headerdigest', 'None', 'NotUnderstood'],
  ])('%s=%s is answered with %s', (key, offered, answer) => {
    expect(negotiate(key, offered, defaultParameters())).toBe(answer);
  });

  it('takes in what the initiator declares without an answer', () => {
    const parameters = defaultParameters();
    expect(negotiate('MaxRecvDataSegmentLength', '4096', parameters)).toBeUndefined();
    expect(parameters.initiatorDataBytes).toBe(4096);
    expect(negotiate('MaxRecvDataSegmentLength', '100', parameters)).toBe('Reject');
    expect(parameters.initiatorDataBytes).toBe(4096);
    expect(negotiate('InitiatorAlias', 'me', parameters)).toBeUndefined();
  });

  it('keeps the first burst within a burst', () => {
    const parameters = defaultParameters();
    negotiate('MaxBurstLength', '1024', parameters);
    expect(agreed(parameters).firstBurstBytes).toBe(1024);
  });
});
