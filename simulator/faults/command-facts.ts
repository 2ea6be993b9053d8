import type { StorageArray } from '../array/storage-array.js';
import type { SeenCommand } from '../iscsi/interference.js';
import { opcodeOf } from '../iscsi/scsi/opcodes.js';
import { rangeIn } from '../iscsi/scsi/ranges.js';
import type { CommandFacts } from './conditions.js';
import { namesOfObject } from './objects.js';

type CommandPart = NonNullable<CommandFacts['command']>;
type Blocks = CommandPart['blocks'];

/** A command as rules see it. */
export function factsOfCommand(array: StorageArray, { nexus, unitRef, cdb }: SeenCommand): CommandFacts {
  return {
    initiator: nexus.initiatorName,
    command: { operationCode: cdb.readUInt8(0), sort: sortOf(cdb), blocks: blocksOf(cdb) },
    words: unitRef === undefined ? new Set() : namesOfObject(array, unitRef),
    array,
  };
}

/** In words, for what a rule remembers: `write 0x2a of 'vol1', blocks 0 to 7, by iqn…`. */
export function textOfCommand(array: StorageArray, { nexus, unitRef, cdb }: SeenCommand): string {
  const { volumes, snapshotVolumes } = array.tables;
  const unit = unitRef === undefined ? undefined : (volumes.get(unitRef) ?? snapshotVolumes.get(unitRef));
  const blocks = blocksOf(cdb);
  const to = blocks?.to === Number.POSITIVE_INFINITY ? 'the end' : blocks?.to;
  return [
    `${sortOf(cdb)} 0x${cdb.toString('hex', 0, 1)} of ${unit === undefined ? 'no volume' : `'${unit.label}'`}`,
    ...(blocks === undefined ? [] : [`blocks ${blocks.from} to ${to}`]),
    `by ${nexus.initiatorName}`,
  ].join(', ');
}

/** What is on the medium is read or written; everything else is `other`. */
function sortOf(cdb: Buffer): CommandPart['sort'] {
  const opcode = opcodeOf(cdb);
  if (typeof opcode !== 'object' || opcode.isForMedium !== true) return 'other';
  return opcode.access === 'read' || opcode.access === 'write' ? opcode.access : 'other';
}

/** Commands that say how many blocks, and those of them for which none is all up to the end. */
const counted = [0x08, 0x0a, 0x28, 0x2a, 0x2e, 0x2f, 0x88, 0x89, 0x8a, 0x8b, 0x8e, 0x8f, 0xa8, 0xaa, 0xae, 0xaf];
const countedOrAll = [0x34, 0x35, 0x41, 0x90, 0x91, 0x93];
const writeAtomic = 0x9c;
const sanitize = 0x48;

/** The blocks that a CDB names. What is only in the data of a command, as with UNMAP, is not known yet. */
function blocksOf(cdb: Buffer): Blocks {
  const code = cdb.readUInt8(0);
  if (code === sanitize) return { from: 0, to: Number.POSITIVE_INFINITY };
  const orAll = countedOrAll.includes(code);
  if (!orAll && code !== writeAtomic && !counted.includes(code)) return undefined;
  const { lba: from, blocks } = rangeIn(cdb);
  // Where others have the upper half of the length, this one has the boundary that it must not cross.
  const count = code === writeAtomic ? cdb.readUInt16BE(12) : blocks;
  if (count === 0) return orAll ? { from, to: Number.POSITIVE_INFINITY } : undefined;
  return { from, to: from + count - 1 };
}
