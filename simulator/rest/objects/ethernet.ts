import { supportedSpeeds } from '../../array/iscsi-target.js';
import type { IscsiPortRecord } from '../../array/records.js';
import { CurrentSpeedName } from '../schemas/enums.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, integer, list, nullable, object, oneOf, text } from '../schemas/types.js';

const VendorPartData = object({
  vendorName: text(),
  partNumber: text(),
  revisionNumber: text(),
  serialNumber: text(),
});

const ethernet = showing<{ port: IscsiPortRecord }>();

export const EthernetInterfaceData = object({
  partData: ethernet.shown(nullable(VendorPartData), ({ port }) => ({
    vendorName: 'QLogic Corporation',
    partNumber: '83xx',
    revisionNumber: '5.5.31.511',
    serialNumber: port.macAddress.toLowerCase(),
  })),
  macAddress: ethernet.shown(text(), ({ port }) => port.macAddress),
  fullDuplex: ethernet.always(boolean(), true),
  maximumFramePayloadSize: ethernet.shown(integer(), ({ port }) => port.maximumFramePayloadBytes),
  currentInterfaceSpeed: ethernet.shown(CurrentSpeedName, ({ port }) => port.speed),
  maximumInterfaceSpeed: ethernet.shown(CurrentSpeedName, ({ port }) => port.speed),
  linkStatus: ethernet.shown(oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'), ({ port }) => port.linkStatus),
  supportedInterfaceSpeeds: ethernet.shown(list(CurrentSpeedName), ({ port }) => supportedSpeeds(port.speed)),
  autoconfigSupport: boolean(),
  copperCableDiagnosticsSupport: boolean(),
  operationalInterfaceSpeed: ethernet.shown(CurrentSpeedName, ({ port }) => port.speed),
  supportedFECModes: list(oneOf('unknown', 'none', 'fireCode', 'reedSolomon', 'auto', '__UNDEFINED')),
  configuredFECMode: oneOf('unknown', 'none', 'fireCode', 'reedSolomon', 'auto', '__UNDEFINED'),
  currentFECMode: oneOf('unknown', 'none', 'fireCode', 'reedSolomon', 'auto', '__UNDEFINED'),
});

const ethernetObject = ethernet.viewOf(EthernetInterfaceData);

export function ethernetView(port: IscsiPortRecord): Shown<typeof EthernetInterfaceData> {
  return ethernetObject({ port });
}
