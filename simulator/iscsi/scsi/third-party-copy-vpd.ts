import { copyDescriptorTypes, extendedCopyActions, receiveCopyResultsActions } from './copy-limits.js';

/** Third-party copy, page 8F: its commands, and what their parameters may hold (source: SPC-4, 7.8.17). */
export function thirdPartyCopy(): Buffer {
  const actions = (all: Readonly<Record<string, number>>) => [Object.keys(all).length, ...Object.values(all)];
  const commands = [0x83, ...actions(extendedCopyActions), 0x84, ...actions(receiveCopyResultsActions)];
  const types = Object.values(copyDescriptorTypes);
  return Buffer.concat([
    descriptor(0x0001, [commands.length, ...commands]),
    descriptor(0x0008, [types.length, ...types]),
  ]);
}

function descriptor(type: number, content: readonly number[]): Buffer {
  const padded = Math.ceil(content.length / 4) * 4;
  const bytes = Buffer.alloc(4 + padded);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(padded, 2);
  bytes.set(content, 4);
  return bytes;
}
