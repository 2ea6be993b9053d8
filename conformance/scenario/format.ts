import { type Static, type TSchema, Type } from 'typebox';
import { durationPattern, sizePattern } from './quantities.js';

/**
 * The format of a scenario file: a story about a driver and an array, told in steps. What is published as JSON Schema is
 * exactly this. Objects have names of the story's own (`as:`); durations and sizes are written as people write them.
 */

const strict = <Properties extends Parameters<typeof Type.Object>[0]>(description: string, properties: Properties) =>
  Type.Object(properties, { additionalProperties: false, description });

const optional = <Schema extends TSchema>(schema: Schema, description?: string) =>
  Type.Optional(description === undefined ? schema : ({ ...schema, description } as Schema));

const Name = Type.String({
  pattern: '^[A-Za-z]([A-Za-z0-9_.-]|<n>){0,62}$',
  description: 'A name of the story’s own: letters, digits, _ . -; within `repeat`, <n> is the number of the round.',
});
const Duration = Type.String({ pattern: durationPattern, description: 'e.g. 250ms, 30s, 5m, 2h' });
const Size = Type.Union([Type.String({ pattern: sizePattern }), Type.Integer({ minimum: 0 })], {
  description: 'e.g. 4 KiB, 1 MiB, 10 GiB',
});
const Whole = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Specs = Type.Record(Type.String(), Type.String(), { description: 'Extra specs of the volume type.' });
const AnyObject = Type.Record(Type.String(), Type.Unknown());
const Names = Type.Array(Name);
const NameOrNames = Type.Union([Name, Names]);
const Status = Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })]);
const Statuses = Type.Record(Name, Status, {
  description: 'Statuses of records by name; "gone" for those destroyed; a list is any of them.',
});
const Between = Type.Union([Whole, strict('Bounds, both included.', { min: optional(Whole), max: optional(Whole) })], {
  description: 'A number, or {min, max}.',
});

/** What a call of the driver is expected to come to. */
export const CallExpectation = strict('What the call is expected to come to; by default: no exception.', {
  returns: optional(Type.Unknown(), 'What the driver returned: what is said here must be in it.'),
  raises: optional(
    Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }))]),
    "The class of the driver's exception, or one that it is derived from; a list is any of them.",
  ),
  mayRaise: optional(
    Type.Boolean(),
    'It may raise or succeed, with `raises` only that: what counts is that the array and the records agree.',
  ),
  says: optional(Type.String({ minLength: 1 }), "What the message of the driver's exception has in it."),
  manager: optional(Type.String({ minLength: 1 }), 'The class of the exception that left the volume manager.'),
  status: optional(Status, 'The status of the record that the call is about; a list is any of them.'),
  statuses: optional(Statuses),
  requests: optional(Between, 'How many requests the array got.'),
  took: optional(strict('Time of the array that passed.', { min: optional(Duration), max: optional(Duration) })),
  violations: optional(
    Type.Array(Type.String()),
    'Rules that the call is expected to break: for judging known bad drivers.',
  ),
});
export type CallExpectation = Static<typeof CallExpectation>;

const RequirementId = Type.String({ pattern: '^[A-Z][A-Za-z0-9-]*$' });

const Blame = Type.Union([RequirementId, Type.Array(RequirementId, { minItems: 1 })], {
  description: 'The requirement; a list where several say the same of what is seen there.',
});

const Comment = {
  why: optional(Type.String(), 'For people.'),
  requirement: optional(Blame, 'What of `verifies` is broken when this step fails.'),
};

export const CallStep = strict(
  'A call of the driver through the volume manager, by the documented name of the method.',
  {
    call: Type.String({ pattern: '^[a-z][a-z_]*$', description: 'The documented name of the method.' }),
    ...Comment,
    by: optional(Name, 'Which driver: "driver", the default, or one that `drivers` names.'),
    ifThere: optional(Type.Boolean(), 'Left out when the record that it is about is gone by now, or was never made.'),
    as: optional(Name, 'The name of what is made.'),
    of: optional(NameOrNames, 'What it is about: a volume, snapshot, group, group snapshot or attachment.'),
    from: optional(Name, 'What it is made from.'),
    to: optional(Name, 'update_migrated_volume: the volume that was migrated to.'),
    size: optional(Size, 'Whole GiB.'),
    pool: optional(Type.String({ minLength: 1 })),
    type: optional(Specs),
    group: optional(Name),
    multiattach: optional(Type.Boolean()),
    cascade: optional(Type.Boolean()),
    add: optional(Names),
    remove: optional(Names),
    names: optional(Names, "create_group_from_src: names of the new volumes, in the order of the source's."),
    host: optional(Name, 'The host that attaches; "host-1" is the initiator iqn.1993-08.org.debian:01:host-1.'),
    connector: optional(Type.Union([AnyObject, Type.Null()]), 'The connector as it is, instead of `host`.'),
    force: optional(Type.Boolean()),
    reference: optional(AnyObject, 'manage_existing: how the array names what is to be managed.'),
    refresh: optional(Type.Boolean()),
    args: optional(
      AnyObject,
      'The arguments as they are, past the volume manager; "{name}" is what the record looks like, in lists too.',
    ),
    expect: optional(CallExpectation),
  },
);
export type CallStep = Static<typeof CallStep>;

const RestStep = strict('A request to the web services, as another client would send it.', {
  rest: Type.String({
    pattern: '^(GET|POST|PUT|DELETE) \\S+$',
    description: 'Method and path below the storage system, or absolute; {name} is the reference on the array.',
  }),
  ...Comment,
  as: optional(Name, 'The name of what is made, or of the only one in the list that is answered, for {name}.'),
  property: optional(Type.String(), 'Which property of it the name stands for, e.g. volumeRef; id by default.'),
  body: optional(Type.Unknown()),
  leftover: optional(
    Type.Boolean(),
    "What is made counts as a driver's own that was left behind, not as another client's.",
  ),
  expect: optional(strict('Success by default.', { status: optional(Whole), body: optional(Type.Unknown()) })),
});

const IoStep = strict('Reads or writes as an attached host does, over iSCSI.', {
  io: Type.Enum(['write', 'read', 'refused']),
  ...Comment,
  of: Name,
  host: optional(Name),
  at: optional(Size),
  length: optional(Size, '64 KiB by default.'),
  pattern: optional(Type.String({ minLength: 1 }), 'Names what is written; reading expects it. "zeros" are zeros.'),
  paths: optional(Type.Literal('all'), 'Through every portal that the driver told, one after the other.'),
});

const RecordStep = strict('Changes fields of a record in Cinder’s database, as other parts of Cinder do.', {
  record: Name,
  ...Comment,
  set: Type.Record(Type.String(), Type.Unknown(), { description: 'Fields and their new values, e.g. metadata.' }),
});

const FaultStep = strict('Adds a fault rule; its format is the simulator’s.', {
  fault: AnyObject,
  ...Comment,
  as: optional(Name, 'The name of the rule, for `clear`.'),
  unfired: optional(Type.Boolean(), 'The rule need not fire.'),
  fires: optional(
    Type.Literal('must'),
    'That it fires is what the story is about: else a rule that never fires means that the story was not reached.',
  ),
});

const ClearStep = strict('Removes a fault rule, and mends what it broke.', {
  clear: Type.Union([Type.Literal('all'), Name]),
  ...Comment,
});

const AdvanceStep = strict('Time passes.', { advance: Duration, ...Comment });

const RestartStep = strict('Restarts the simulator from its state file, or the driver.', {
  restart: Type.Enum(['simulator', 'driver']),
  ...Comment,
  by: optional(Name),
  configuration: optional(AnyObject, 'What changed in the configuration meanwhile.'),
  withoutPools: optional(Type.Boolean(), 'Volumes’ hosts in the database name no pools, as before there were any.'),
  expect: optional(CallExpectation),
});

const JobsStep = strict('How long-lived work proceeds from now on, or ends now.', {
  jobs: Type.Union([
    Type.String({
      minLength: 1,
      description: 'instant, timed[:bytes/s], polls:n, stuck, fail-at:percent; complete or fail end what goes on.',
    }),
    Type.Record(Type.String(), Type.String(), { description: 'The same by kind of work.' }),
  ]),
  ...Comment,
});

const CheckStep = strict('Checks now what is checked at the end anyway.', {
  check: Type.Union([Type.Literal('all'), Type.Array(Type.Enum(['array', 'leaks']))]),
  ...Comment,
});

const PlainStep = Type.Union([
  CallStep,
  RestStep,
  IoStep,
  RecordStep,
  FaultStep,
  ClearStep,
  AdvanceStep,
  RestartStep,
  JobsStep,
  CheckStep,
]);

const ParallelStep = strict('Calls that race: which request comes first is decided by the seed.', {
  parallel: Type.Array(PlainStep, { minItems: 2 }),
  ...Comment,
  seed: optional(Whole),
});

const RepeatStep = strict('The same steps in so many rounds; <n> in a text is the number of the round, from 1.', {
  repeat: Type.Integer({ minimum: 1, maximum: 1000 }),
  ...Comment,
  steps: Type.Array(PlainStep, { minItems: 1 }),
});

export const stepSchemas = {
  call: CallStep,
  rest: RestStep,
  io: IoStep,
  record: RecordStep,
  fault: FaultStep,
  clear: ClearStep,
  advance: AdvanceStep,
  restart: RestartStep,
  jobs: JobsStep,
  check: CheckStep,
  parallel: ParallelStep,
  repeat: RepeatStep,
} as const;

export type StepKind = keyof typeof stepSchemas;
export type StepOf<Kind extends StepKind> = Static<(typeof stepSchemas)[Kind]>;
export type Step = StepOf<StepKind>;

const EndExpectation = strict(
  'What is expected at the end. Anyway: no broken rule, no leak, a sound array, and every fault rule fired.',
  {
    statuses: optional(Statuses),
    array: optional(
      Type.Record(Type.String(), Whole),
      'How many objects the array has: volumes, snapshot-groups, snapshot-images, snapshot-volumes, consistency-groups, volume-copy-jobs, volume-mappings, hosts, host-groups.',
    ),
    requests: optional(Between, 'How many requests the array got in all.'),
    requirement: optional(Blame, 'What of `verifies` is broken when this does not hold; by default the first.'),
    findings: optional(
      Type.Array(Type.String()),
      'Requirement ids of findings that are expected: for judging known bad drivers.',
    ),
  },
);

export const Scenario = strict('A scenario.', {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  why: Type.String({ minLength: 1 }),
  verifies: Type.Array(RequirementId, {
    description: 'Ids of the requirements that it shows; none while it is being written.',
  }),
  array: optional(
    strict('The array that the story is played on.', {
      preset: optional(
        Type.Union([Type.String(), AnyObject]),
        'By name, or as data: what it does not say is as in demo, without hosts and volumes.',
      ),
      seed: optional(Whole),
      mode: optional(Type.Enum(['embedded', 'proxy'])),
      jobs: optional(Type.String(), 'How long-lived work proceeds; instant by default.'),
      more: optional(
        Type.Record(Name, strict('Another array.', { preset: optional(Type.String()), seed: optional(Whole) })),
        'More arrays behind the same proxy, by id: they are reached at /devmgr/v2/storage-systems/ID.',
      ),
      changes: optional(Type.Array(RestStep), 'What is done to it before the story begins.'),
    }),
  ),
  driver: optional(AnyObject, 'Options of the backend, as in cinder.conf.'),
  drivers: optional(Type.Record(Name, AnyObject), 'More drivers on the same array, with options of their own.'),
  surface: optional(Type.Enum(['generic', 'consistency']), 'Which group methods the volume manager uses.'),
  started: optional(Type.Boolean(), 'false leaves do_setup to the story.'),
  steps: Type.Array(Type.Union([...PlainStep.anyOf, ParallelStep, RepeatStep]), { minItems: 1 }),
  expect: optional(EndExpectation),
});
export type Scenario = Static<typeof Scenario>;

/** The published JSON Schema. */
export const scenarioSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Scenario',
  ...Scenario,
};

/** Which kind a step is of; undefined for none. */
export function kindOf(step: object): StepKind | undefined {
  return (Object.keys(stepSchemas) as StepKind[]).find((kind) => kind in step);
}
