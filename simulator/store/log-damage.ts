import { closeSync, openSync } from 'node:fs';
import { headerBytes, logFormat } from './log-file.js';
import { FilePieces, headBytes, headOfRecord, nextCandidate, recordAt } from './log-records.js';

/** Damage in a log: what cannot be read at a place, and what whole records come after it. */
export interface LogDamage {
  readonly atBytes: number;
  /** From the damage to the end of the file. */
  readonly restBytes: number;
  /** Whole records that follow. */
  readonly records: number;
  /** Bytes of volumes, in the records that follow. */
  readonly dataBytes: number;
}

/**
 * What is wrong with a log behind its last readable record; undefined when nothing is, or when the record there was
 * only begun: the end of the file cuts it off, or a file system that lost power left zeros. No process was told of such
 * a record. Everything else may have been acknowledged.
 */
export function damageAt(path: string, atBytes: number): LogDamage | undefined {
  const file = openSync(path, 'r');
  try {
    const pieces = new FilePieces(file);
    const restBytes = pieces.sizeBytes - atBytes;
    if (restBytes <= 0 || isZero(pieces, atBytes)) return undefined;
    const first = restBytes < headBytes ? undefined : pieces.at(atBytes, headBytes);
    const head = first === undefined ? undefined : headOfRecord(first);
    const isCutOff = first === undefined || (head !== undefined && head.lengthBytes > restBytes);
    const isSure = formatOf(pieces) > 1 ? head?.isSure !== false : head?.isSure;
    // The lengths are right: what follows is data of the record that was begun.
    if (isCutOff && isSure) return undefined;
    const found = recordsAfter(pieces, atBytes);
    // Where records have no checksum of their head, only what follows tells damage from a torn end.
    if (isCutOff && formatOf(pieces) === 1 && found.records === 0) return undefined;
    return { atBytes, restBytes, ...found };
  } finally {
    closeSync(file);
  }
}

/** Whether a log holds bytes of volumes. */
export function holdsBytes(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const pieces = new FilePieces(file);
    for (let record = recordAt(pieces, headerBytes); record !== undefined; record = recordAt(pieces, record.endBytes))
      if (record.data.length > 0) return true;
    return false;
  } finally {
    closeSync(file);
  }
}

function formatOf(pieces: FilePieces): number {
  return logFormat(pieces.at(0, headerBytes) ?? Buffer.alloc(headerBytes));
}

function recordsAfter(pieces: FilePieces, atBytes: number): Pick<LogDamage, 'records' | 'dataBytes'> {
  let records = 0;
  let dataBytes = 0;
  for (let at = atBytes + 1; ; ) {
    const candidates = nextCandidate(pieces, at);
    if (candidates === undefined) return { records, dataBytes };
    const found = candidates.filter((each) => each > atBytes).map((each) => recordAt(pieces, each));
    let record = found.find((each) => each !== undefined);
    at = Math.max(at, ...candidates) + headBytes;
    for (; record !== undefined; record = recordAt(pieces, at)) {
      records++;
      dataBytes += record.data.length;
      at = record.endBytes;
    }
  }
}

function isZero(pieces: FilePieces, fromBytes: number): boolean {
  for (let at = fromBytes; at < pieces.sizeBytes; at += 2 ** 16) {
    const piece = pieces.at(at, Math.min(2 ** 16, pieces.sizeBytes - at));
    if (piece?.some((byte) => byte !== 0) !== false) return false;
  }
  return true;
}
