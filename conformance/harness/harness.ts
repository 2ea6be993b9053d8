import { ArrayAdminClient } from '../arrays/array-admin-client.js';
import type { Exchange } from '../arrays/exchange.js';
import type { ExternalArray } from '../arrays/external/external-array.js';
import { beginExternalStory, type ExternalStory } from '../arrays/external/external-story.js';
import { marked } from '../arrays/external/label-prefix.js';
import type { Refusal } from '../arrays/external/write-guard.js';
import { type OwnSimulator, type OwnSimulatorOptions, startOwnSimulator } from '../arrays/own-simulator.js';
import { Database } from '../manager/database.js';
import { driverRecords } from '../manager/driver-records.js';
import { VolumeManager } from '../manager/volume-manager.js';
import { copyBytes } from '../oracle/bytes.js';
import { Judge } from '../oracle/judge.js';
import { type Chance, chance } from '../runtime/chance.js';
import {
  type Answer,
  type Arguments,
  isOfClass,
  isRaised,
  type Subject,
  type SubjectFactory,
  type SubjectRuntime,
  type VirtualTime,
} from '../subjects/subject.js';
import { mainDriver } from './main-driver.js';
import { RaceDispatcher } from './race-dispatcher.js';

export interface HarnessOptions {
  readonly subject: SubjectFactory;
  /** Decides UUIDs and the order of what races; the array's seed too unless it has one of its own. */
  readonly seed?: number;
  readonly array?: OwnSimulatorOptions;
  /** Instead of a simulator of one's own. */
  readonly external?: ExternalArray;
  /** More arrays behind the same proxy, by id. */
  readonly more?: Readonly<Record<string, { readonly preset?: string; readonly seed?: number }>>;
  /** Options of the backend, as in cinder.conf; how to reach the array is filled in. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Options of more drivers on the same array, by name. */
  readonly drivers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly surface?: 'generic' | 'consistency';
  /** What the drivers log. */
  readonly log?: (driver: string, level: string, message: string) => void;
}

/** A driver at work: the volume manager that calls it. */
interface Player {
  subject: Subject;
  readonly manager: VolumeManager;
  configuration: Readonly<Record<string, unknown>>;
}

/** The array of a harness: one of its own, or one that others may use. */
type Environment =
  | { readonly own: OwnSimulator }
  | { readonly own?: undefined; readonly external: ExternalArray; readonly story: ExternalStory };

/** The host of the volume service: volumes are on pools of it. */
const serviceHost = 'host@eseries';

/**
 * An array, drivers on it, the volume manager that calls them, and the judge of what they leave: in virtual time, where
 * the seed decides all that chance would.
 */
export class Harness {
  readonly database = new Database();
  /** Methods that asked the array for something before they said that they are not implemented, where that can be seen. */
  readonly begun = new Set<string>();
  /** Time that was advanced for programs that waited without saying so. */
  readonly given = { times: 0, milliseconds: 0 };
  readonly chance: Chance;
  private readonly players = new Map<string, Player>();
  /** What each driver was started with, in all, each time. */
  readonly configurations: Readonly<Record<string, unknown>>[] = [];
  /** Carries what the drivers ask for. */
  private readonly race: RaceDispatcher;
  /** Carries what the suite itself asks for. */
  private readonly aside: RaceDispatcher;

  readonly admin: ArrayAdminClient;
  /** Of all arrays; the drivers' own comes first. */
  readonly admins: readonly ArrayAdminClient[];
  readonly judge: Judge;

  private constructor(
    private readonly options: HarnessOptions,
    private environment: Environment,
  ) {
    this.chance = this.chanceOf('manager');
    if (environment.own === undefined) {
      this.race = new RaceDispatcher(environment.story.guard);
      this.aside = new RaceDispatcher(environment.external.dispatcher);
      this.admin = environment.story.admin;
      this.admins = [this.admin];
    } else {
      const { url, dispatcher } = environment.own;
      this.race = new RaceDispatcher(dispatcher);
      this.aside = new RaceDispatcher(dispatcher);
      const adminOf = (systemId?: string) => new ArrayAdminClient({ url, dispatcher: this.aside, systemId });
      this.admin = adminOf();
      this.admins = [this.admin, ...Object.keys(options.more ?? {}).map(adminOf)];
    }
    this.judge = new Judge(this.admin);
  }

  /** Opens a harness. What is there before the drivers come is for `judge.baseline()`, starting them for `initHost`. */
  static async open(options: HarnessOptions): Promise<Harness> {
    const { external } = options;
    const harness = new Harness(
      options,
      external === undefined
        ? { own: await startOwnSimulator({ seed: options.seed ?? 0, ...options.array }) }
        : { external, story: await beginExternalStory(external) },
    );
    try {
      for (const [id, array] of Object.entries(options.more ?? {}))
        await harness.admin.control('POST', 'arrays', { id, label: id, ...array });
      await harness.addPlayer(mainDriver, {});
      for (const [name, configuration] of Object.entries(options.drivers ?? {}))
        await harness.addPlayer(name, configuration);
    } catch (error) {
      // What is open already would keep the process from ending; why the rest does not open is the reason to tell.
      await harness.close().catch(() => undefined);
      throw error;
    }
    return harness;
  }

  /** The array's time, in milliseconds since the epoch. */
  nowMs(): number {
    return this.environment.own === undefined ? this.environment.external.time.nowMs() : this.environment.own.nowMs();
  }

  /** Where the array of the suite's own is; undefined for one that others use. */
  get url(): string | undefined {
    return this.environment.own?.url;
  }

  /** The TCP ports that the array listens on. */
  get ports(): readonly number[] {
    return this.environment.own?.ports ?? [];
  }

  /** Whether the array has a control API. */
  get isSimulated(): boolean {
    return this.environment.own !== undefined || this.environment.external.isSimulated;
  }

  /** What of the requests of drivers was not carried on, as it would have changed what others have made. */
  get refusals(): readonly Refusal[] {
    return this.environment.own === undefined ? this.environment.story.guard.refusals : [];
  }

  /** What drivers have asked an array that others use too; undefined where the array's journal has that. */
  get guarded(): readonly Exchange[] | undefined {
    return this.environment.own === undefined ? this.environment.story.guard.exchanges : undefined;
  }

  /** The names of the drivers. */
  get drivers(): readonly string[] {
    return [...this.players.keys()];
  }

  /** The volume manager of a driver. Throws RangeError for a name that is none. */
  manager(driver: string = mainDriver): VolumeManager {
    return this.player(driver).manager;
  }

  /** Calls a driver past the volume manager. */
  subject(driver: string = mainDriver): Subject {
    return this.player(driver).subject;
  }

  async advance(milliseconds: number): Promise<void> {
    if (this.environment.own === undefined) await this.environment.external.time.pass(milliseconds);
    else await this.admin.control('POST', 'clock', { advance: `${Math.round(milliseconds)}ms` });
  }

  /** Lets the time pass after which Cinder asks for the statistics again; not where time cannot be advanced. */
  async untilNextReport(): Promise<void> {
    if (this.environment.own !== undefined) await this.advance(60_000);
  }

  /** Starts a driver anew, as after a restart of its service. */
  async restartDriver(driver: string = mainDriver, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const player = this.player(driver);
    await player.subject.close();
    player.configuration = { ...player.configuration, ...changes };
    player.subject = await this.start(driver, player.configuration);
    player.manager.useSubject(player.subject);
  }

  /** Stops the simulator and starts it from its state file. Throws RangeError where it is not one's own. */
  async restartSimulator(): Promise<void> {
    const { own } = this.environment;
    if (own === undefined) throw new RangeError('an array that others use can not be restarted');
    await own.close();
    const port = Number(new URL(own.url).port);
    const again = await startOwnSimulator({ seed: this.options.seed ?? 0, ...this.options.array, port });
    this.environment = { own: again };
    this.race.target = again.dispatcher;
    this.aside.target = again.dispatcher;
  }

  /** Requests that the array got so far; only differences matter. Those of drivers in other processes are in the journal. */
  async requestCount(): Promise<number> {
    if (this.race.carried > 0 || this.environment.own === undefined) return this.race.carried;
    const [last] = await this.admin.control<{ number: number }[]>('GET', 'journal?limit=1');
    return last === undefined ? 0 : last.number + 1;
  }

  /** Runs calls beside each other; which of their requests comes first is decided by the seed. */
  raced<T>(seed: number, calls: readonly (() => Promise<T>)[]): Promise<T[]> {
    return this.race.run(chance(seed, 'race'), calls);
  }

  /** Takes away what was made on an array that others use; gives what could not be. Nothing to do on one's own. */
  async takeAway(): Promise<string[]> {
    return this.environment.own === undefined ? this.environment.story.takeAway() : [];
  }

  async close(): Promise<void> {
    const closed = await Promise.allSettled([...this.players.values()].map(({ subject }) => subject.close()));
    await this.environment.own?.close();
    for (const each of closed) if (each.status === 'rejected') throw each.reason;
  }

  private player(driver: string): Player {
    const player = this.players.get(driver);
    if (player === undefined)
      throw new RangeError(`there is no driver '${driver}': known are ${this.drivers.join(', ')}`);
    return player;
  }

  private async addPlayer(name: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
    const configuration = { ...this.reaching(), ...this.options.configuration, ...changes };
    const subject = await this.start(name, configuration);
    const manager = new VolumeManager({
      subject,
      database: this.database,
      newId: () => this.chance.uuid(),
      host: serviceHost,
      surface: this.options.surface ?? 'generic',
      // Where no login is possible, bytes are not checked either.
      ...(this.options.array?.listen === true || this.environment.own === undefined ? { copyData: copyBytes } : {}),
    });
    this.players.set(name, { subject, manager, configuration });
  }

  private async start(name: string, configuration: Readonly<Record<string, unknown>>): Promise<Subject> {
    this.configurations.push(configuration);
    const random = this.chanceOf(`driver ${name} ${this.chance.uuid()}`);
    const runtime: SubjectRuntime = {
      sleep: (milliseconds) => this.advance(milliseconds),
      now: () => this.nowMs(),
      randomUuid: () => random.uuid(),
      dispatcher: this.race,
      records: driverRecords(this.database),
      host: serviceHost,
      ...(this.isTimeManual ? { virtual: this.virtual() } : {}),
      log: (level, message) => this.options.log?.(name, level, message),
    };
    const subject = await this.options.subject({ configuration, runtime });
    const { name: title, constants, methods } = subject;
    return {
      name: title,
      ...(constants === undefined ? {} : { constants }),
      methods,
      close: () => subject.close(),
      call: (method, args) =>
        this.judge.sightings.during(
          { method, args },
          () => this.judge.losses.during(method, () => this.called(subject, method, args)),
          () => this.race.idsCreatedHere(),
        ),
    };
  }

  private async called(subject: Subject, method: string, args: Arguments): Promise<Answer> {
    const before = this.race.carried;
    const answer = await subject.call(method, args);
    const hasAsked = this.race.carried > before && this.race.idsCreatedHere() === undefined;
    if (hasAsked && isRaised(answer) && isOfClass(answer.raised, 'NotImplementedError')) this.begun.add(method);
    return answer;
  }

  private get isTimeManual(): boolean {
    return this.environment.own !== undefined || this.environment.external.time.isManual;
  }

  private virtual(): VirtualTime {
    return {
      nextDueMs: async () => (await this.admin.control<{ nextMs?: number | null }>('GET', 'clock')).nextMs ?? undefined,
      advanced: (milliseconds) => {
        this.given.times++;
        this.given.milliseconds += milliseconds;
      },
      mayPass: () => this.race.mayTimePass,
      beforeEachTurn: (settled) => this.race.beforeEachTurn(settled),
    };
  }

  /** On an array that others use no two runs give the same ids. */
  private chanceOf(concern: string): Chance {
    const seed = this.options.seed ?? 0;
    const { external } = this.options;
    return external === undefined ? chance(seed, concern) : marked(chance(seed, `${concern} ${external.startMs}`));
  }

  /** The options that say where the array is. */
  private reaching(): Readonly<Record<string, unknown>> {
    if (this.environment.own === undefined) return this.environment.story.reaching;
    const { hostname, port } = new URL(this.environment.own.url);
    return {
      netapp_server_hostname: hostname,
      netapp_server_port: Number(port),
      netapp_login: 'admin',
      netapp_password: 'admin',
      netapp_controller_ips: hostname,
    };
  }
}
