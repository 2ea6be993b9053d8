import { RepairPolicy } from './components.js';
import { SfpConnectTypeName, SfpSpeedName, SfpTransmissionMediaName, SfpTransmitterTypeName } from './enums.js';
import { Location } from './locations.js';
import { Int64, integer, list, nullable, object, oneOf, text } from './types.js';

// Pluggable transceivers.

const SFPType = object({
  sfpIdentType: oneOf('unknown', 'gbic', 'soldered', 'sfp', '__UNDEFINED'),
  sfpConnectType: SfpConnectTypeName,
  sfpLinkLType: oneOf(
    'typeUnknown',
    'typeVlong',
    'typeShort',
    'typeIntermediate',
    'typeLong',
    'typeMedium',
    'typeNa',
    '__UNDEFINED',
  ),
  sfpTransmitterType: SfpTransmitterTypeName,
  sfpSpeed: list(SfpSpeedName),
  sfpTransmissionMedia: list(SfpTransmissionMediaName),
  manufacturerDate: Int64,
  vendorName: text(),
  vendorPN: text(),
  vendorRev: text(),
  vendorSN: text(),
  vendorOUI: text(),
  reserved1: text(),
  reserved2: text(),
});

const ControllerSFP = object({
  controllerSFPType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  parentController: text(),
  channel: integer(),
  reserved1: text(),
  reserved2: text(),
});

const SFPParentTypeData = object({
  sfpParentType: oneOf('unknown', 'esm', 'minihub', 'controller', '__UNDEFINED'),
  controllerSFP: nullable(ControllerSFP),
  parentEsm: text(),
  parentMinihub: text(),
});

export const Sfp = object({
  sfpRef: text(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  sfpType: nullable(SFPType),
  sfpPort: oneOf('portUnknown', 'port1', 'port2', 'port3', 'port4', '__UNDEFINED'),
  parentData: nullable(SFPParentTypeData),
  reserved1: text(),
  reserved2: text(),
  sfpPortRef: text(),
  repairPolicy: nullable(RepairPolicy),
  id: text(),
});
