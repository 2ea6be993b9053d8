import { CodeModuleName } from './enums.js';
import { boolean, Int64, integer, object, text } from './types.js';

// Versions of firmware, and what a controller runs beside it.

export const ContainerServicesConfiguration = object({
  containerServicesCapable: boolean(),
  containerServicesEnabled: boolean(),
});

export const InventoryItem = object({
  itemName: text(),
  itemVersion: text(),
});

export const CtrlIOCDumpData = object({
  iocDumpNeedsRetrieved: boolean(),
  iocDumpTag: integer(),
  timeStamp: Int64,
});

export const VersionDescriptor = object({
  codeModule: CodeModuleName,
  versionString: text(),
});

export const FactoryDefaultsVersionData = object({
  factoryDefaultsVersion: text(),
  isSupported: boolean(),
});
