import { ArrayDoor } from '../arrays/array-door.js';
import { type OwnSimulator, type OwnSimulatorOptions, startOwnSimulator } from '../arrays/own-simulator.js';
import { Database } from '../manager/database.js';
import { VolumeManager } from '../manager/volume-manager.js';
import { copyBytes } from '../oracle/bytes.js';
import { Judge } from '../oracle/judge.js';
import type { Subject, SubjectFactory, SubjectRuntime } from '../subjects/subject.js';
import { type Chance, chance } from './chance.js';
import { RaceDispatcher } from './race-dispatcher.js';

export interface StageOptions {
  readonly subject: SubjectFactory;
  /** Decides UUIDs and the order of what races; the array's seed too unless it has one of its own. */
  readonly seed?: number;
  readonly array?: OwnSimulatorOptions;
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

/** The name of the driver that a story means when it names none. */
export const mainDriver = 'driver';

/**
 * An array, drivers on it, the volume manager that calls them, and the judge of what they leave: in virtual time, where
 * the seed decides all that chance would.
 */
export class Stage {
  readonly database = new Database();
  readonly chance: Chance;
  private readonly players = new Map<string, Player>();
  /** Carries what the drivers ask for. */
  private readonly race: RaceDispatcher;
  /** Carries what the suite itself asks for. */
  private readonly aside: RaceDispatcher;

  readonly door: ArrayDoor;
  /** Of all arrays; the drivers' own comes first. */
  readonly doors: readonly ArrayDoor[];
  readonly judge: Judge;

  private constructor(
    private readonly options: StageOptions,
    private simulator: OwnSimulator,
  ) {
    this.chance = chance(options.seed ?? 0, 'manager');
    this.race = new RaceDispatcher(simulator.dispatcher);
    this.aside = new RaceDispatcher(simulator.dispatcher);
    const doorOf = (systemId?: string) => new ArrayDoor({ url: simulator.url, dispatcher: this.aside, systemId });
    this.door = doorOf();
    this.doors = [this.door, ...Object.keys(options.more ?? {}).map(doorOf)];
    this.judge = new Judge(this.door);
  }

  /** Opens a stage. What is there before the drivers come is for `judge.baseline()`, starting them for `initHost`. */
  static async open(options: StageOptions): Promise<Stage> {
    const simulator = await startOwnSimulator({ seed: options.seed ?? 0, ...options.array });
    const stage = new Stage(options, simulator);
    for (const [id, array] of Object.entries(options.more ?? {}))
      await stage.door.control('POST', 'arrays', { id, label: id, ...array });
    await stage.addPlayer(mainDriver, {});
    for (const [name, configuration] of Object.entries(options.drivers ?? {}))
      await stage.addPlayer(name, configuration);
    return stage;
  }

  /** The array's time, in milliseconds since the epoch. */
  nowMs(): number {
    return this.simulator.nowMs();
  }

  /** The TCP ports that the array listens on. */
  get ports(): readonly number[] {
    return this.simulator.ports;
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
    await this.door.control('POST', 'clock', { advance: `${Math.round(milliseconds)}ms` });
  }

  /** Starts a driver anew, as after a restart of its service. */
  async restartDriver(driver: string = mainDriver, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const player = this.player(driver);
    await player.subject.close();
    player.configuration = { ...player.configuration, ...changes };
    player.subject = await this.start(driver, player.configuration);
    player.manager.useSubject(player.subject);
  }

  /** Stops the simulator and starts it from its state file. */
  async restartSimulator(): Promise<void> {
    await this.simulator.close();
    const port = Number(new URL(this.simulator.url).port);
    this.simulator = await startOwnSimulator({ seed: this.options.seed ?? 0, ...this.options.array, port });
    this.race.target = this.simulator.dispatcher;
    this.aside.target = this.simulator.dispatcher;
  }

  /** Requests that the array got so far; only differences matter. Those of drivers in other processes are in the journal. */
  async requestCount(): Promise<number> {
    if (this.race.carried > 0) return this.race.carried;
    const [last] = await this.door.control<{ number: number }[]>('GET', 'journal?limit=1');
    return last === undefined ? 0 : last.number + 1;
  }

  /** Runs calls beside each other; which of their requests comes first is decided by the seed. */
  raced<T>(seed: number, calls: readonly (() => Promise<T>)[]): Promise<T[]> {
    return this.race.run(chance(seed, 'race'), calls);
  }

  async close(): Promise<void> {
    for (const { subject } of this.players.values()) await subject.close();
    await this.simulator.close();
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
      host: 'host@eseries',
      surface: this.options.surface ?? 'generic',
      // Where nobody can log in, nobody looks at bytes either.
      ...(this.options.array?.listen === true ? { copyData: copyBytes } : {}),
    });
    this.players.set(name, { subject, manager, configuration });
  }

  private start(name: string, configuration: Readonly<Record<string, unknown>>): Promise<Subject> {
    const random = chance(this.options.seed ?? 0, `driver ${name} ${this.chance.uuid()}`);
    const runtime: SubjectRuntime = {
      sleep: (milliseconds) => this.advance(milliseconds),
      now: () => this.nowMs(),
      randomUuid: () => random.uuid(),
      dispatcher: this.race,
      log: (level, message) => this.options.log?.(name, level, message),
    };
    return this.options.subject({ configuration, runtime });
  }

  /** The options that say where the array is. */
  private reaching(): Record<string, unknown> {
    const { hostname, port } = new URL(this.simulator.url);
    return {
      netapp_server_hostname: hostname,
      netapp_server_port: Number(port),
      netapp_login: 'admin',
      netapp_password: 'admin',
      netapp_controller_ips: hostname,
    };
  }
}
