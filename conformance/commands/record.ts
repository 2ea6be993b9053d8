import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Agent } from 'undici';
import { AdminRequestError, ArrayAdminClient } from '../arrays/array-admin-client.js';
import { type JournalRequest, recordedScenario } from '../scenario/recorded.js';
import { type Command, CommandError, exitCodes } from './command.js';
import { recordUsage } from './usage/record.js';

export const record: Command = {
  ...recordUsage,
  async run(args, { out, err }) {
    const { values } = parseArgs({ args: [...args], options: recordUsage.options });
    if (values['from-journal'] !== true)
      throw new CommandError('What to record from? --from-journal is the journal of a running simulator.');
    if (values.since !== undefined && !/^\d+$/.test(values.since))
      throw new CommandError(`--since ${values.since} is not possible: allowed are whole numbers from 0`);
    const { requests, wanted, arrays, pools } = await journalOf(values);
    const own = requests.filter(({ array }) => array === null || array === wanted);
    const { preset, seed } = arrays.find(({ id }) => id === wanted) ?? {};
    const text = recordedScenario(own, {
      name: values.name,
      reads: values.reads === true,
      array: { preset, seed },
      pools,
    });
    if (values.output === undefined) out.write(text);
    else {
      await writeFile(values.output, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        throw new CommandError(`${values.output} cannot be written (${error.code}).`);
      });
      err.write(`${values.output}: ${own.length} requests\n`);
    }
    return exitCodes.passed;
  },
};

interface Pool {
  readonly id: string;
  readonly label: string;
}

interface ArraySummary {
  readonly id: string;
  readonly preset?: string;
  readonly seed?: number;
}

async function journalOf(values: {
  readonly array: string;
  readonly 'system-id'?: string | undefined;
  readonly since?: string | undefined;
  readonly 'control-token'?: string | undefined;
}): Promise<{
  readonly requests: JournalRequest[];
  readonly arrays: readonly ArraySummary[];
  /** The array that is recorded. */
  readonly wanted: string | undefined;
  readonly pools: readonly Pool[];
}> {
  if (!URL.canParse(values.array)) throw new CommandError(`--array ${values.array} is no URL`);
  const dispatcher = new Agent();
  const { 'control-token': controlToken } = values;
  const admin = new ArrayAdminClient({
    url: new URL(values.array).origin,
    dispatcher,
    ...(controlToken === undefined ? {} : { controlToken }),
  });
  try {
    const arrays = await admin.control<ArraySummary[]>('GET', 'arrays');
    const requests = await admin.control<JournalRequest[]>('GET', `journal?since=${values.since ?? '0'}`);
    const wanted = values['system-id'] ?? arrays[0]?.id;
    return { requests, arrays, wanted, pools: wanted === undefined ? [] : await poolsOf(admin, wanted) };
  } catch (error) {
    const reason =
      error instanceof AdminRequestError ? error.message : String((error as { code?: string }).code ?? error);
    throw new CommandError(`The journal of ${values.array} cannot be read: ${reason}`);
  } finally {
    await dispatcher.close();
  }
}

/** Seen past whatever ails the array; none where the simulator can't be looked at. */
async function poolsOf(admin: ArrayAdminClient, systemId: string): Promise<readonly Pool[]> {
  const path = `arrays/${encodeURIComponent(systemId)}/looks`;
  const [pools] = await admin.control<{ body: unknown }[]>('POST', path, { paths: ['storage-pools'] });
  return Array.isArray(pools?.body) ? (pools.body as Pool[]) : [];
}
