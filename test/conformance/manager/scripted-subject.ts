import type { Database } from '../../../conformance/manager/database.js';
import type { Outcome } from '../../../conformance/manager/outcome.js';
import { type ManagerOptions, VolumeManager } from '../../../conformance/manager/volume-manager.js';
import type { Answer, Arguments, Subject } from '../../../conformance/subjects/subject.js';

/** What a method answers: a value, or what a function makes of the arguments; `raise(…)` for an exception. */
type Script = Readonly<Record<string, unknown>>;

class Raise {
  constructor(readonly answer: Answer) {}
}

/** An exception as an answer, of a class of Cinder's unless parents are given. */
export function raise(name: string, parents: readonly string[] = ['CinderException']): Raise {
  return new Raise({ raised: { class: name, parents, message: `${name} was raised` } });
}

export const stats = {
  volume_backend_name: 'backend',
  vendor_name: 'Vendor',
  driver_version: '1.0.0',
  storage_protocol: 'iSCSI',
  pools: [{ pool_name: 'pool', total_capacity_gb: 100, free_capacity_gb: 100 }],
};

export const connectionInfo = {
  driver_volume_type: 'iscsi',
  data: {
    target_discovered: false,
    target_portal: '192.0.2.1:3260',
    target_iqn: 'iqn.2000-01.com.example:target',
    target_lun: 1,
  },
};

/** A driver that has the scripted methods only, and answers as scripted. */
export class ScriptedSubject implements Subject {
  readonly name = 'scripted';
  readonly calls: [method: string, args: Arguments][] = [];
  private readonly script: Record<string, unknown>;

  constructor(script: Script) {
    this.script = {
      do_setup: null,
      check_for_setup_error: null,
      get_volume_stats: () => structuredClone(stats),
      create_volume: null,
      create_volume_from_snapshot: null,
      create_cloned_volume: null,
      delete_volume: null,
      extend_volume: null,
      create_snapshot: null,
      delete_snapshot: null,
      create_export: null,
      remove_export: null,
      initialize_connection: ({ volume }: { volume: { id: string } }) => ({
        ...connectionInfo,
        data: { ...connectionInfo.data, volume_id: volume.id },
      }),
      terminate_connection: null,
      ...script,
    };
  }

  get methods(): ReadonlySet<string> {
    return new Set(Object.keys(this.script));
  }

  /** The names of the methods called since the last look. */
  called(): string[] {
    return this.calls.splice(0).map(([method]) => method);
  }

  async call(method: string, args: Arguments): Promise<Answer> {
    this.calls.push([method, args]);
    const answer = this.script[method];
    const value: unknown = typeof answer === 'function' ? await answer(args) : answer;
    return value instanceof Raise ? value.answer : { returned: value };
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}

/** A manager of a driver that answers as scripted; it is set up. */
export async function managed(script: Script = {}, options: Partial<ManagerOptions> & { database?: Database } = {}) {
  const subject = new ScriptedSubject(script);
  let ids = 0;
  const manager = new VolumeManager({
    subject,
    newId: () => `id-${++ids}`,
    host: 'host@backend',
    ...options,
  });
  await manager.initHost();
  subject.called();
  return { subject, manager };
}

export const request = { name: 'volume', size: 1, pool: 'pool' } as const;
export const connector = { initiator: 'iqn.1993-08.org.debian:01:a', host: 'compute', ip: '192.0.2.9' } as const;

/** The requirements that an operation found broken. */
export function broken({ violations }: Pick<Outcome, 'violations'>): string[] {
  return violations.map(({ requirement }) => requirement);
}
