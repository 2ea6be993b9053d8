import { groupPayload, groupSnapshotPayload, snapshotPayload, volumePayload } from '../manager/cinder-payloads.js';
import type { Database } from '../manager/database.js';
import type { Outcome } from '../manager/outcome.js';
import { isRaised } from '../subjects/subject.js';
import type { CallStep } from './format.js';
import type { Play } from './play.js';
import type { AnyRecord } from './symbol-table.js';

/**
 * Calls the driver itself. A text that is just `{name}` is what the driver is handed for that record; within objects it is
 * the reference on the array. `{name.0.reference}` is that place of an answer that an earlier such call named with `as`.
 */
export async function callDirectly({ harness, symbols }: Play, step: CallStep): Promise<Outcome> {
  const args: Record<string, unknown> = {};
  const argument = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(argument));
    if (typeof value === 'object') return symbols.filledIn(value, harness.admin);
    const [, meant] = typeof value === 'string' ? (/^\{([\w.-]+)\}$/.exec(value) ?? []) : [];
    if (meant === undefined) return value;
    return symbols.answerAt(meant) ?? payloadOf(harness.database, symbols.record(meant));
  };
  for (const [name, value] of Object.entries(step.args ?? {})) args[name] = await argument(value);
  const answer = await harness.subject(step.by).call(step.call, args);
  if (step.as !== undefined && !isRaised(answer)) symbols.addAnswer(step.as, answer.returned);
  return {
    calls: [{ method: step.call, args, answer }],
    violations: [],
    ...(isRaised(answer) ? { raised: answer.raised } : {}),
  };
}

/** What a driver is handed for a record. */
function payloadOf(database: Database, record: AnyRecord): unknown {
  if ('volume_size' in record) return snapshotPayload(database, record);
  if ('size' in record) return volumePayload(database, record);
  if ('connector' in record) return record.connector;
  if ('group_id' in record) return groupSnapshotPayload(record, database.groups.get(record.group_id));
  return groupPayload(record);
}
