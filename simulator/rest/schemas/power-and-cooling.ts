import { RepairPolicy, RTRAttributes } from './components.js';
import { StatusName4 } from './enums.js';
import { Location } from './locations.js';
import { boolean, Int64, integer, nullable, object, oneOf, text } from './types.js';

// Batteries, fans, power supplies and temperature.

const BatteryTypeData = object({
  batteryType: oneOf('singleSharedCru', 'dualIndividualFrus', 'dualSharedCrus', 'dualIndividualCrus', '__UNDEFINED'),
  cruParentController: text(),
  parentController: text(),
});

export const SmartBatteryData = object({
  lastBatteryLearnCycle: Int64,
  nextBatteryLearnCycle: Int64,
  batteryLearnCycleInterval: integer(),
});

export const Battery = object({
  batteryRef: text(),
  status: StatusName4,
  physicalLocation: nullable(Location),
  batteryAge: integer(),
  batteryLifeRemaining: integer(),
  batteryTypeData: nullable(BatteryTypeData),
  reserved1: text(),
  reserved2: text(),
  manufacturerDate: Int64,
  vendorName: text(),
  vendorPN: text(),
  vendorSN: text(),
  fruType: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  batteryCanExpire: boolean(),
  automaticAgeReset: boolean(),
  learnCycleData: nullable(SmartBatteryData),
  id: text(),
});

export const BatteryEx = object({
  batteryRef: text(),
  status: StatusName4,
  physicalLocation: nullable(Location),
  batteryAge: integer(),
  batteryLifeRemaining: integer(),
  batteryTypeData: nullable(BatteryTypeData),
  reserved1: text(),
  reserved2: text(),
  manufacturerDate: Int64,
  vendorName: text(),
  vendorPN: text(),
  vendorSN: text(),
  fruType: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  batteryCanExpire: boolean(),
  automaticAgeReset: boolean(),
  learnCycleData: nullable(SmartBatteryData),
  smartBatteryData: nullable(SmartBatteryData),
  id: text(),
});

export const Fan = object({
  fanRef: text(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  reserved1: text(),
  reserved2: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  id: text(),
});

export const PowerSupply = object({
  powerSupplyRef: text(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', 'noinput', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  partNumber: text(),
  serialNumber: text(),
  vendorName: text(),
  manufacturerDate: Int64,
  fruType: text(),
  reserved1: text(),
  reserved2: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  firmwareRevision: text(),
  manufacturingDeviceCode: integer(),
  id: text(),
});

export const ThermalSensor = object({
  thermalSensorRef: text(),
  status: oneOf('optimal', 'nominalTempExceed', 'maxTempExceed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  reserved1: text(),
  reserved2: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  id: text(),
});

export const Ups = object({
  upsRef: text(),
  status: oneOf('optimal', 'onBattery', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  reserved1: text(),
  reserved2: text(),
});
