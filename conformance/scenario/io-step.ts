import { bytesOf, pattern as patternOf, refused, writeBytes } from '../oracle/index.js';
import { hostOf } from './calls.js';
import type { StepOf } from './format.js';
import type { Failure, Play, Played } from './play.js';
import { sizeBytes } from './quantities.js';
import { type AnyRecord, StoryError } from './symbol-table.js';

const defaultLength = 64 * 1024;

/** Reads or writes as an attached host does, with what the driver said about the connection. */
export async function playIo({ symbols }: Play, step: StepOf<'io'>): Promise<Omit<Played, 'what'>> {
  const record = symbols.record(step.of);
  const attachment = 'connector' in record ? record : symbols.attachmentOf(step.of, hostOf(step));
  const remembered = symbols.connectionOf(step.of, hostOf(step));
  const info = attachment?.connection_info ?? remembered?.info;
  const connector = attachment?.connector ?? remembered?.connector;
  if (info == null || connector == null) throw new StoryError(`'${step.of}' was never attached to ${hostOf(step)}`);
  const offset = sizeBytes(step.at ?? 0);
  const length = sizeBytes(step.length ?? defaultLength);
  const expected = () =>
    step.pattern === 'zeros' ? Buffer.alloc(length) : patternOf(step.pattern ?? '', offset, length);
  const options = step.paths === undefined ? {} : { path: step.paths };
  const failures: Failure[] = [];
  const fail = (message: string, requirement: string) => failures.push({ message, requirement, object: 'access' });
  try {
    if (step.io === 'refused') {
      if (!(await refused(info, connector, options)))
        fail(`${step.of} can still be reached`, 'C-terminate-connection-1');
    } else if (step.io === 'write') {
      await writeBytes(info, connector, offset, expected(), options);
    } else {
      const found = await bytesOf(info, connector, { offset, length }, options);
      const message = `${step.of} does not hold the bytes of '${step.pattern}'`;
      if (!found.equals(expected())) failures.push({ message, object: bytesOfWhat(symbols.record(step.of)) });
    }
  } catch (error) {
    // A volume that is there and refuses to be read or written is no good, however it was reached.
    if (error instanceof Error && /\bsense 07/.test(error.message)) {
      const message = `${step.of} refuses to ${step.io}: ${error.message}`;
      return { failures: [{ message, object: bytesOfWhat(record) }], calls: 0 };
    }
    // Whatever the initiator meets is what the connection info led it to.
    if (!(error instanceof Error)) throw error;
    fail(
      `${step.of} can't be reached as the driver said: ${error.name}: ${error.message}`,
      'C-initialize-connection-1',
    );
  }
  return { failures, calls: 0 };
}

/** Whose bytes these are: a copy owes those of its source. */
function bytesOfWhat(record: AnyRecord): string {
  if ('source_volid' in record && record.source_volid !== null) return 'bytes of a clone';
  return 'snapshot_id' in record && record.snapshot_id !== null ? 'bytes of a copy of a snapshot' : 'bytes';
}
