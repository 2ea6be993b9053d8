import type { ArrayAdminClient } from '../arrays/array-admin-client.js';
import { takeInventory } from '../arrays/inventory.js';
import type { VolumeRecord } from '../manager/records.js';
import type { CinderDatabase } from './cinder-database.js';
import type { Finding } from './finding.js';
import { Foreign } from './foreign.js';
import { judgeGroups, judgeLeakedGroups } from './group-rules.js';
import { judgeLeakedImages } from './image-rules.js';
import { nameIdOf } from './labels.js';
import { judgeLeftovers, judgeRepositories, judgeStateStore } from './leftover-rules.js';
import { Losses } from './losses.js';
import { judgeAttachments, judgeLeakedMappings, judgeLuns } from './mapping-rules.js';
import { Memory } from './memory.js';
import { newScene, type Scene } from './scene.js';
import { Sightings } from './sightings.js';
import { judgeSnapshots } from './snapshot-rules.js';
import { judgeLeakedVolumes, judgeVolumes } from './volume-rules.js';

export type { CinderDatabase } from './cinder-database.js';
export type { Finding } from './finding.js';

export interface JudgementOptions {
  /**
   * Whether nothing is under way and nothing is left to be tidied later; true by default. Otherwise, while calls run or
   * after a failure that kept a driver from tidying up, only what is missing or wrong is told.
   */
  readonly settled?: boolean;
}

type Rule = (scene: Scene) => Iterable<Finding>;

const always: readonly Rule[] = [judgeVolumes, judgeGroups, judgeSnapshots, judgeAttachments, judgeLuns];

const whenSettled: readonly Rule[] = [
  judgeLeakedVolumes,
  judgeLeakedGroups,
  judgeLeakedImages,
  judgeLeakedMappings,
  judgeLeftovers,
  judgeRepositories,
  judgeStateStore,
];

/** Judges whether an array holds what Cinder's database says, and nothing else. To be asked after every step. */
export class Judge {
  private readonly foreignObjects = new Foreign();
  private readonly memory = new Memory();
  /** What the calls of drivers made for their records. */
  readonly sightings: Sightings;
  /** What vanished while snapshots were deleted. */
  readonly losses: Losses;

  constructor(private readonly admin: ArrayAdminClient) {
    this.sightings = new Sightings(admin);
    this.losses = new Losses(admin);
  }

  /** Remembers what is there already: no leak, and nothing that a driver may change. Throws AdminRequestError. */
  async baseline(): Promise<void> {
    const inventory = await takeInventory(this.admin);
    this.foreignObjects.begin(inventory);
    this.sightings.begin(inventory);
  }

  /** An object, by its reference, that stands for what a driver left earlier: no record's, and not another client's. */
  leftover(ref: string): void {
    this.sightings.announce(ref);
  }

  /** An object, by its reference, that was made by hand after the baseline, or that Cinder has let go of (unmanage). */
  foreign(ref: string): void {
    this.foreignObjects.announce(ref);
    this.sightings.announce(ref);
  }

  /** The reference of a record's volume as the judgement before saw it; undefined when it saw none. */
  refOf(record: VolumeRecord): string | undefined {
    return this.memory.volume(nameIdOf(record))?.ref;
  }

  /** An object, by its reference, that was deleted by hand. */
  foreignGone(ref: string): void {
    this.foreignObjects.leave(ref);
  }

  /**
   * What differs by now. Records in the middle of something, or in error, may have their objects or not. Throws AdminRequestError
   * when the array can't be looked at.
   */
  async judge(database: CinderDatabase, { settled = true }: JudgementOptions = {}): Promise<Finding[]> {
    const inventory = await takeInventory(this.admin);
    const { foreignObjects: foreign, memory, sightings, losses } = this;
    const scene = newScene(inventory, database, { foreign, memory, sightings, losses });
    foreign.update(scene);
    const rules = [...always, ...(settled ? whenSettled : [])];
    const findings = [...rules.flatMap((rule) => [...rule(scene)]), ...foreign.judge(inventory)];
    memory.remember(scene);
    return findings;
  }
}
