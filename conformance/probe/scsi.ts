export * from './scsi/block-commands.js';
export * from './scsi/control-commands.js';
export * from './scsi/inquiry.js';
export * from './scsi/reservations.js';
export * from './scsi/sense.js';
