import { adviceFor } from './advice.js';
import { messageOf, shown } from './excerpt.js';
import { cinderMethods, missingMethods } from './methods.js';
import {
  type Answer,
  type Arguments,
  isOfClass,
  isRaised,
  type Subject,
  type SubjectEnvironment,
  SubjectError,
  type SubjectFactory,
} from './subject.js';

/** Something about a subject that is not as it should be. */
interface SmokeFinding {
  /** What was tried. */
  readonly step: string;
  /** An error keeps the suite from judging the driver; a warning does not. */
  readonly level: 'error' | 'warning';
  readonly problem: string;
  readonly sent: string;
  readonly received: string;
  readonly expected: string;
  readonly remedy: string;
}

export interface SmokeReport {
  /** As the subject named itself; undefined when it did not start. */
  readonly name: string | undefined;
  /** The steps that were taken, in order. */
  readonly steps: readonly string[];
  readonly findings: readonly SmokeFinding[];
  /** Whether the suite can judge the driver: nothing is an error. */
  readonly usable: boolean;
}

type Complaint = Omit<SmokeFinding, 'step'>;

/** Nothing is made of it: it has no pool, and no array has its id. */
const volume = {
  id: '00000000-0000-4000-8000-000000000001',
  name_id: '00000000-0000-4000-8000-000000000001',
  size: 1,
  host: 'smoke@backend',
  volume_type: null,
  volume_attachment: [],
};

/**
 * Tries whether a subject speaks as the suite expects, before anything is judged: it starts, makes calls that leave
 * nothing behind, and is closed. Never rejects.
 */
export async function smoke(factory: SubjectFactory, environment: SubjectEnvironment): Promise<SmokeReport> {
  const steps: string[] = [];
  const findings: SmokeFinding[] = [];
  const step = async (name: string, body: () => Promise<readonly Complaint[]>) => {
    steps.push(name);
    const complaints = await body().catch((error: unknown) => [broken(error)]);
    // A session that broke says so at every step after it: once is enough.
    const news = complaints.filter(({ problem }) => findings.every((known) => known.problem !== problem));
    findings.push(...news.map((complaint) => ({ step: name, ...complaint })));
  };
  const started: Subject[] = [];
  await step('start', async () => {
    const subject = await factory(environment);
    started.push(subject);
    return presented(subject);
  });
  for (const subject of started) {
    const call: Call = (method, args) => subject.call(method, args);
    await step('set up', () => settingUp(call));
    await step('a harmless call', () => harmless(call));
    await step('calls beside each other', () => together(call));
    await step('a method that does not exist', () => unknownMethod(call));
    await step('an exception', () => exception(call));
    await step('close', async () => {
      await subject.close();
      return [];
    });
  }
  return { name: started[0]?.name, steps, findings, usable: findings.every(({ level }) => level !== 'error') };
}

/** A report in words, a finding a paragraph. */
export function describeSmoke({ name, steps, findings, usable: fit }: SmokeReport): string {
  const paragraphs = findings.map((each) =>
    [
      `${each.level}: ${each.step}: ${each.problem}`,
      `  sent:     ${each.sent}`,
      `  received: ${each.received}`,
      `  expected: ${each.expected}`,
      `  remedy:   ${each.remedy}`,
    ].join('\n'),
  );
  const verdict = fit ? 'speaks the protocol' : 'cannot be judged';
  return [...paragraphs, `${name ?? 'The subject'} ${verdict} (tried: ${steps.join(', ')}).`].join('\n\n');
}

type Call = (method: string, args: Arguments) => Promise<Answer>;

function presented({ methods }: Subject): Complaint[] {
  const missing = missingMethods(methods);
  const strange = [...methods].filter((name) => !Object.hasOwn(cinderMethods, name));
  const received = `methods: ${shown([...methods])}`;
  const sent = 'initialize {"configuration": {…}}';
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            level: methods.size === 0 || missing.length === mandatoryCount ? ('error' as const) : ('warning' as const),
            problem: `The driver lacks mandatory methods: ${missing.join(', ')}. Checks that need them fail.`,
            sent,
            received,
            expected: 'the documented names of all methods that the driver has, e.g. "create_volume"',
            remedy: 'Name the methods as Cinder does, or write those that are missing.',
          },
        ]),
    ...(strange.length === 0
      ? []
      : [
          {
            level: 'warning' as const,
            problem: `These are no methods of Cinder's driver interface: ${strange.join(', ')}. They are not called.`,
            sent,
            received,
            expected: `some of ${Object.keys(cinderMethods).join(', ')}`,
            remedy: 'Leave them out, or correct the spelling.',
          },
        ]),
  ];
}

const mandatoryCount = Object.values(cinderMethods).filter(({ mandatory }) => mandatory).length;

async function settingUp(call: Call): Promise<Complaint[]> {
  const answer = await call('do_setup', { context: {} });
  if (!isRaised(answer)) return [];
  return [
    {
      level: 'error',
      problem: `do_setup raised ${answer.raised.class}: ${answer.raised.message}`,
      sent: 'call {"method": "do_setup", "args": {"context": {}}}',
      received: shown(answer.raised),
      expected: 'null, as the array that the configuration names is there',
      remedy: adviceFor({ text: answer.raised.message, exception: answer.raised.class }),
    },
  ];
}

async function harmless(call: Call): Promise<Complaint[]> {
  const args = { refresh: true };
  const answer = await call('get_volume_stats', args);
  const sent = 'call {"method": "get_volume_stats", "args": {"refresh": true}}';
  const expected = 'an object with "volume_backend_name", "vendor_name", "driver_version", "storage_protocol"';
  if (isRaised(answer))
    return [
      {
        level: 'warning',
        problem: `get_volume_stats raised ${answer.raised.class}: ${answer.raised.message}`,
        sent,
        received: shown(answer.raised),
        expected,
        remedy: 'Arguments come by their documented names in "args"; this one is `refresh`.',
      },
    ];
  const { returned } = answer;
  if (typeof returned === 'object' && returned !== null && !Array.isArray(returned)) return [];
  return [
    {
      level: 'error',
      problem: 'get_volume_stats did not return an object',
      sent,
      received: shown(returned),
      expected,
      remedy: 'Put what the method returns in "result" as it is: a dictionary is an object.',
    },
  ];
}

/** The suite has calls under way at the same time, and relies on getting the right answer for each. */
async function together(call: Call): Promise<Complaint[]> {
  const [nothing, stats] = await Promise.all([
    call('ensure_export', { context: {}, volume }),
    call('get_volume_stats', { refresh: false }),
  ]);
  const mixed = isRaised(stats) || typeof stats.returned !== 'object' || stats.returned === null;
  const swapped = !isRaised(nothing) && typeof nothing.returned === 'object' && nothing.returned !== null;
  if (!mixed || !swapped) return [];
  return [
    {
      level: 'error',
      problem: 'Two calls under way at the same time got each other’s answers',
      sent: 'call ensure_export and call get_volume_stats, one right after the other',
      received: `${shown(nothing)} and ${shown(stats)}`,
      expected: 'each answer with the id of its request',
      remedy: 'Keep the id of each request with its call.',
    },
  ];
}

async function unknownMethod(call: Call): Promise<Complaint[]> {
  const method = 'no_such_method';
  let answer: Answer;
  try {
    answer = await call(method, {});
  } catch (error) {
    // A refusal is as it should be, and the subject must go on after it.
    if (!(error instanceof SubjectError)) throw error;
    await call('get_volume_stats', { refresh: false });
    return [];
  }
  if (isRaised(answer)) return [];
  return [
    {
      level: 'error',
      problem: 'A method that does not exist was answered as if it did',
      sent: `call {"method": "${method}", "args": {}}`,
      received: shown(answer.returned),
      expected: 'an error with the code -32601, or an exception',
      remedy: 'Refuse what the driver does not have, or mistakes in names stay unseen.',
    },
  ];
}

async function exception(call: Call): Promise<Complaint[]> {
  const answer = await call('create_volume', { volume });
  const sent = `call {"method": "create_volume", "args": ${shown({ volume })}}`;
  const expected =
    'an error with the code -32000 and data {"class": "InvalidHost", "parents": ["Invalid", "CinderException", …], "message": "…"}';
  if (!isRaised(answer)) {
    await call('delete_volume', { volume });
    return [
      {
        level: 'warning',
        problem: 'create_volume of a volume without a pool in its host succeeded, so that no exception could be seen',
        sent,
        received: shown(answer.returned),
        expected,
        remedy: 'Report every exception that the driver raises, or raise InvalidHost here.',
      },
    ];
  }
  if (isOfClass(answer.raised, 'CinderException')) return [];
  return [
    {
      level: 'warning',
      problem: `create_volume of a volume without a pool raised ${answer.raised.class}, which is not derived from CinderException`,
      sent,
      received: shown(answer.raised),
      expected,
      remedy: 'Tell all classes that an exception is derived from, by their names: Cinder decides by them.',
    },
  ];
}

function broken(error: unknown): Complaint {
  const { sent, received, expected, remedy } = error instanceof SubjectError ? error.evidence : {};
  return {
    level: 'error',
    problem: messageOf(error),
    sent: sent ?? 'nothing',
    received: received ?? 'nothing',
    expected: expected ?? 'a subject that starts, and answers every request',
    remedy: /Try the program by hand/.test(remedy ?? '')
      ? adviceFor({ text: messageOf(error) })
      : (remedy ?? adviceFor({ text: messageOf(error) })),
  };
}
