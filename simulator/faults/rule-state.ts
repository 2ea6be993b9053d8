import { ArrayError } from '../array/errors.js';
import { type RandomStream, randomStream } from '../array/rng.js';
import { commandTest, jobTest, requestTest, spanOf } from './conditions.js';
import { type CheckedRule, waitsForRequest } from './read-rule.js';
import type { FaultRule } from './rule.js';

/** One time that a rule made something go wrong. */
export interface Hit {
  /** The array's time, in milliseconds since the epoch. */
  readonly timeMs: number;
  /** The array that it hit; null for a request that concerns none. */
  readonly array: string | null;
  /** What it hit: `POST /devmgr/v2/…`, `job volumeCopy …`, `read 0x28 of 'vol1' …`, or `by itself`. */
  readonly what: string;
}

/** A rule and what became of it, as plain data. */
export interface FaultStatus
  extends Required<Pick<FaultRule, 'id' | 'array' | 'when' | 'skip' | 'times' | 'probability'>> {
  readonly why?: string;
  readonly what: CheckedRule['what'];
  readonly layer: CheckedRule['layer'];
  readonly addedMs: number;
  /** How many times it was the case. */
  readonly looks: number;
  /** How many times it happened. */
  readonly hits: number;
  /** The last times, oldest first. */
  readonly lastHits: readonly Hit[];
  /** Nothing more will happen. */
  readonly spent: boolean;
  /** Why it could not happen when it was to. */
  readonly error?: string;
}

/** The array that something is to happen to. */
interface Struck {
  readonly id: string;
  readonly array: { readonly seed: number };
}

/** How many hits a rule remembers. */
const rememberedHits = 20;

const chances = 1_000_000;

/** A rule that was added: what it counts, its dice, and what it has broken. */
export class RuleState {
  readonly isRequest: ReturnType<typeof requestTest>;
  readonly isJob: ReturnType<typeof jobTest>;
  readonly isCommand: ReturnType<typeof commandTest>;
  /** Takes back what it broke, if it is broken still; with when that is to happen by itself. */
  broken: { readonly undo: () => void; readonly untilMs: number }[] = [];
  error: string | undefined;
  private looks = 0;
  private hits = 0;
  /** How many of the hits could break nothing. */
  private misses = 0;
  private lastHits: Hit[] = [];
  private readonly span: { readonly fromMs: number; readonly toMs: number };
  private readonly dice = new Map<number, RandomStream>();

  constructor(
    readonly id: string,
    readonly rule: CheckedRule,
    readonly addedMs: number,
    private readonly onHit: (hit: Hit) => void = () => undefined,
  ) {
    this.isRequest = requestTest(rule.when);
    this.isJob = jobTest(rule.when);
    this.isCommand = commandTest(rule.when);
    this.span = spanOf(rule.when, addedMs);
  }

  belongsTo(arrayId: string): boolean {
    return this.rule.array === '*' || this.rule.array.toLowerCase() === arrayId.toLowerCase();
  }

  isTime(nowMs: number): boolean {
    return nowMs >= this.span.fromMs && nowMs <= this.span.toMs;
  }

  /** When the rule itself has something to do: break what waits for a time, or mend. Infinite when never. */
  nextDueMs(nowMs: number): number {
    const { layer, when } = this.rule;
    const breaksLater = layer === 'physical' && !waitsForRequest(when) && nowMs < this.span.fromMs;
    return Math.min(
      breaksLater ? this.span.fromMs : Number.POSITIVE_INFINITY,
      ...this.broken.map(({ untilMs }) => untilMs),
    );
  }

  /** When it begins or ceases to be a rule for what comes; infinite when neither will be. */
  nextEdgeMs(nowMs: number): number {
    if (this.isSpent(nowMs)) return Number.POSITIVE_INFINITY;
    return nowMs < this.span.fromMs ? this.span.fromMs : this.span.toMs + 1;
  }

  /** It is too late for it, or it has happened as often as it should. */
  isSpent(nowMs: number): boolean {
    return nowMs > this.span.toMs || (this.rule.times !== 'always' && this.hits >= this.rule.times);
  }

  get hasFired(): boolean {
    return this.hits > 0;
  }

  /**
   * It is the case: counts that, and says whether it happens. The dice are those of the rule's id and the array's seed:
   * other rules and the array itself draw from others.
   */
  fires(nowMs: number, system: Struck | undefined, what: string): boolean {
    const { skip, times, probability } = this.rule;
    this.looks++;
    if (this.looks <= skip || (times !== 'always' && this.hits >= times)) return false;
    if (
      probability < 1 &&
      this.diceOf(system?.array.seed ?? 0).integer(0, chances - 1) >= Math.round(probability * chances)
    )
      return false;
    this.hits++;
    const hit: Hit = { timeMs: nowMs, array: system?.id ?? null, what };
    this.lastHits = [...this.lastHits, hit].slice(-rememberedHits);
    this.onHit(hit);
    return true;
  }

  /** The last hit could break nothing: it counts as one that the rule has used up, but not as something that happened. */
  miss(reason: string): void {
    this.misses++;
    this.lastHits = this.lastHits.slice(0, -1);
    this.error = reason;
  }

  /** Takes back what the rule broke, all of it or what is due. */
  mend(nowMs = Number.POSITIVE_INFINITY): void {
    const due = this.broken.filter(({ untilMs }) => untilMs <= nowMs);
    if (due.length === 0) return;
    this.broken = this.broken.filter(({ untilMs }) => untilMs > nowMs);
    for (const { undo } of due.reverse()) {
      try {
        undo();
      } catch (error) {
        // The broken part is in use again, and the array refuses to remove it.
        if (!(error instanceof ArrayError)) throw error;
        this.error = `could not be undone: ${error.message}`;
      }
    }
  }

  status(nowMs: number): FaultStatus {
    const { array, why, when, what, layer, skip, times, probability } = this.rule;
    return {
      id: this.id,
      array,
      ...(why === undefined ? {} : { why }),
      when,
      what,
      skip,
      times,
      probability,
      layer,
      addedMs: this.addedMs,
      looks: this.looks,
      hits: this.hits - this.misses,
      lastHits: this.lastHits,
      spent: this.isSpent(nowMs),
      ...(this.error === undefined ? {} : { error: this.error }),
    };
  }

  private diceOf(seed: number): RandomStream {
    const dice = this.dice.get(seed) ?? randomStream(seed, `fault:${this.id}`);
    this.dice.set(seed, dice);
    return dice;
  }
}
