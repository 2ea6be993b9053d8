import type { Clock } from '../array/clock.js';
import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystem, StorageSystems } from '../array/storage-systems.js';
import type { Layer } from './fault-actions.js';
import { FaultError, notAllowed } from './fault-error.js';
import { overriddenProgression } from './job-rules.js';
import { PhysicalRules } from './physical-rules.js';
import { isManual } from './quantities.js';
import { type KnownNames, readRule } from './read-rule.js';
import type { FaultRule } from './rule.js';
import { type FaultStatus, type Hit, RuleState } from './rule-state.js';
import { type SwarmOptions, swarmRules } from './swarm.js';

interface FaultEnvironment {
  readonly systems: StorageSystems;
  readonly clock: Clock;
  /** Operation ids and SYMbol procedures, as rules may name them. */
  readonly operations: () => Iterable<string>;
}

export type SystemWithArray = StorageSystem & { readonly array: StorageArray };

/** What programs do with rules. */
export type Faults = Pick<FaultRules, 'add' | 'swarm' | 'list' | 'unfired' | 'get' | 'remove' | 'clear' | 'advance'>;

/** A rule came or went, or hit something. */
export interface FaultChange {
  readonly change: 'added' | 'hit' | 'removed';
  /** The rule's id. */
  readonly rule: string;
  /** The array that was hit; null for a rule that comes or goes, and for a request that concerns no array. */
  readonly array: string | null;
  /** What was hit. */
  readonly what?: string;
}

/** The longest that is waited for at a time, in milliseconds: timers of the host do not take much more. */
const longestWaitMs = 86_400_000;

/** The rules of one process: adds and removes them, breaks and mends what they say, and counts. */
export class FaultRules {
  /** The layers that have rules: the others check nothing. */
  private layers: ReadonlySet<Layer> = new Set();
  private hasIscsi = false;
  private states: RuleState[] = [];
  private nextNumber = 1;
  /** When `keepUp` is called next by itself; undefined while nothing is due. */
  private nextKeepUpMs: number | undefined;
  private readonly known: KnownNames;
  private readonly physical: PhysicalRules;
  private readonly removalListeners: (() => void)[] = [];
  private readonly listeners = new Set<(change: FaultChange) => void>();
  /** Arrays whose jobs and resets concern the rules already. */
  private readonly followed = new WeakSet<StorageArray>();

  constructor(private readonly environment: FaultEnvironment) {
    const { systems, operations } = environment;
    this.physical = new PhysicalRules(this);
    this.known = { operations, arrays: () => this.systems().map((system) => system.id) };
    this.follow();
    systems.subscribe(() => this.follow());
  }

  get clock(): Clock {
    return this.environment.clock;
  }

  /**
   * Adds a rule. What waits for nothing happens before this returns. Throws FaultError for a rule that cannot be, and
   * ArrayError when what it is to break cannot break.
   */
  add(written: FaultRule): FaultStatus {
    const rule = readRule(written, this.known);
    if (rule.id !== undefined && this.find(rule.id) !== undefined)
      throw new FaultError(`The property 'id' is "${rule.id}": there is a rule of that name already.`, 'id');
    const before = this.nextNumber;
    const id = rule.id ?? this.takeId();
    const tellHit = ({ array, what }: Hit) => this.tell({ change: 'hit', rule: id, array, what });
    const state = new RuleState(id, rule, this.clock.now(), (hit) => {
      // What a rule does while it is added is told when it is there: it may yet be refused.
      if (this.states.includes(state)) tellHit(hit);
    });
    try {
      if (this.physical.isDue(state)) this.physical.breakNow(state);
    } catch (error) {
      // A rule that is refused has had no number.
      this.nextNumber = before;
      throw error;
    }
    this.keep([...this.states, state]);
    this.tell({ change: 'added', rule: id, array: null });
    for (const hit of state.status(state.addedMs).lastHits) tellHit(hit);
    this.scheduleKeepUp();
    return state.status(this.clock.now());
  }

  /**
   * Adds random rules, all or none: the same seed and weights make the same ones for the same array. Throws FaultError
   * for options that cannot be, and when the rules of that seed are there already.
   */
  swarm(options: SwarmOptions): FaultStatus[] {
    const [first] = this.systems();
    const named = options.array === undefined || options.array === '*' ? first : this.systemNamed(options.array);
    if (named === undefined)
      throw notAllowed(
        'array',
        options.array ?? '*',
        `the id of an array: ${this.known.arrays().join(', ') || 'there is none'}`,
      );
    const rules = swarmRules(options, named.array);
    const taken = rules.find(({ id }) => id !== undefined && this.find(id) !== undefined);
    if (taken !== undefined)
      throw new FaultError(`The property 'seed' is ${options.seed}: there is a rule '${taken.id}' already.`, 'seed');
    return rules.map((rule) => this.add(rule));
  }

  /** The rules, oldest first; of one array if one is named, those for every array included. */
  list(arrayId?: string): FaultStatus[] {
    const now = this.clock.now();
    return this.states
      .filter((state) => arrayId === undefined || state.belongsTo(arrayId))
      .map((state) => state.status(now));
  }

  /** The rules that have made nothing go wrong yet. */
  unfired(): FaultStatus[] {
    return this.list().filter((status) => status.hits === 0);
  }

  get(id: string): FaultStatus | undefined {
    return this.find(id)?.status(this.clock.now());
  }

  /** Removes a rule and mends what it broke. False when there is none of that id. */
  remove(id: string): boolean {
    const state = this.find(id);
    if (state === undefined) return false;
    this.drop([state]);
    state.mend();
    return true;
  }

  /** Removes all rules, or those that name an array, and mends what they broke. How many they were. */
  clear(arrayId?: string): number {
    const going = this.states.filter((state) => arrayId === undefined || namesArray(state, arrayId));
    this.drop(going);
    // What broke last is mended first, so that each finds the array as it left it.
    for (const state of [...going].reverse()) state.mend();
    return going.length;
  }

  /** An array begins anew: the rules that name it go, and with the only array those for every one. Nothing is mended. */
  private forget(arrayId: string): void {
    const isOnly = this.systems().length === 1;
    this.drop(this.states.filter((state) => namesArray(state, arrayId) || (isOnly && state.rule.array === '*')));
  }

  /** The rules in their order, for those that make them happen. */
  get all(): readonly RuleState[] {
    return this.states;
  }

  /** Calls back after rules were removed. */
  onRemoval(listener: () => void): void {
    this.removalListeners.push(listener);
  }

  /** Calls back after each change, until the answer is called. */
  subscribe(listener: (change: FaultChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(change: FaultChange): void {
    for (const listener of this.listeners) listener(change);
  }

  /** What is due by now: breaks what was to break later, and mends what was broken for a while. */
  keepUp(): void {
    const now = this.clock.now();
    for (const state of this.states) {
      state.mend(now);
      if (!state.hasFired && this.physical.isDue(state)) this.physical.breakLater(state);
    }
    this.scheduleKeepUp();
  }

  /**
   * Advances a manual clock, and stops at each time when something is due: what breaks and mends on the way does so in
   * its order and at its time. Throws RangeError for a clock that is not manual, and for what is no duration.
   */
  advance(durationMs: number): void {
    const { clock } = this;
    if (!isManual(clock)) throw new RangeError(`the clock is ${clock.mode}: only a manual one can be advanced`);
    const endMs = clock.now() + Math.round(durationMs);
    if (!(durationMs >= 0) || !Number.isFinite(endMs))
      throw new RangeError(`cannot advance by ${durationMs} ms: allowed is a finite number >= 0`);
    for (;;) {
      const nowMs = clock.now();
      clock.advance(Math.min(endMs, this.nextDueMs(nowMs)) - nowMs);
      for (const { array } of this.systems()) array.completeDueJobs();
      this.keepUp();
      if (clock.now() >= endMs) return;
    }
  }

  /** When something changes by itself next: work ends, an answer that is late goes out, a rule begins or ceases to hold. */
  nextChangeMs(): number {
    const nowMs = this.clock.now();
    return Math.min(
      this.clock.nextMs?.() ?? Number.POSITIVE_INFINITY,
      this.nextDueMs(nowMs),
      ...this.states.map((state) => state.nextEdgeMs(nowMs)),
      ...this.systems().map(({ array }) => array.jobs.nextMs()),
    );
  }

  /** A request made a rule break something of an array. */
  break(state: RuleState, system: SystemWithArray): void {
    this.physical.breakFor(state, [system]);
    this.scheduleKeepUp();
  }

  /** Whether a rule may concern what happens at one of the layers. */
  concerns(...layers: readonly Layer[]): boolean {
    return layers.some((layer) => this.layers.has(layer));
  }

  /** Whether a rule may concern logins and commands; asked at each of them. */
  get concernsIscsi(): boolean {
    return this.hasIscsi;
  }

  systems(): SystemWithArray[] {
    return this.environment.systems.list().filter(hasArray);
  }

  systemOf(array: StorageArray): SystemWithArray | undefined {
    return this.systems().find((system) => system.array === array);
  }

  /** The arrays that a rule is about. */
  systemsOf(state: RuleState): SystemWithArray[] {
    return this.systems().filter((system) => state.belongsTo(system.id));
  }

  findSystem(idOrWwn: string): StorageSystem | undefined {
    return this.environment.systems.find(idOrWwn);
  }

  private systemNamed(id: unknown): SystemWithArray | undefined {
    return this.systems().find((system) => system.id === id);
  }

  private find(id: string): RuleState | undefined {
    return this.states.find((state) => state.id === id);
  }

  private drop(going: readonly RuleState[]): void {
    this.keep(this.states.filter((state) => !going.includes(state)));
    // The same rules after a clear get the same ids, and with them the same dice.
    if (this.states.length === 0) this.nextNumber = 1;
    for (const listener of this.removalListeners) listener();
    for (const { id } of going) this.tell({ change: 'removed', rule: id, array: null });
  }

  private keep(states: RuleState[]): void {
    this.states = states;
    this.layers = new Set(states.map((state) => state.rule.layer));
    this.hasIscsi = this.layers.has('iscsi');
  }

  /** Applies the rules when the next change is due, also when no request comes meanwhile. */
  private scheduleKeepUp(): void {
    const now = this.clock.now();
    const due = this.nextDueMs(now);
    if (due === Number.POSITIVE_INFINITY || (this.nextKeepUpMs !== undefined && this.nextKeepUpMs <= due)) return;
    const keepUpMs = Math.min(due, now + longestWaitMs);
    this.nextKeepUpMs = keepUpMs;
    void this.clock.wait(keepUpMs - now).then(() => {
      // Something earlier came up meanwhile: its own timer goes on.
      if (this.nextKeepUpMs !== keepUpMs) return;
      this.nextKeepUpMs = undefined;
      this.keepUp();
    });
  }

  /** When something breaks or mends by itself next; infinite when nothing will. */
  private nextDueMs(nowMs: number): number {
    return Math.min(...this.states.map((state) => state.nextDueMs(nowMs)));
  }

  private takeId(): string {
    for (;;) {
      const id = `fault-${this.nextNumber++}`;
      if (this.find(id) === undefined) return id;
    }
  }

  /** Work that starts on any array asks the rules how to proceed, and an array that begins anew is rid of its rules. */
  private follow(): void {
    for (const { id, array } of this.systems()) {
      if (this.followed.has(array)) continue;
      this.followed.add(array);
      array.jobs.overrideProgression((kind, objectRef) =>
        this.concerns('job') ? overriddenProgression(this, array, kind, objectRef) : undefined,
      );
      array.subscribe((events) => {
        if (events.some((event) => event.kind === 'replaced' && event.by === 'reset')) this.forget(id);
      });
    }
  }
}

function hasArray(system: StorageSystem): system is SystemWithArray {
  return system.array !== null;
}

function namesArray(state: RuleState, arrayId: string): boolean {
  return state.rule.array !== '*' && state.belongsTo(arrayId);
}
