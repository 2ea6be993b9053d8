import { placeOf } from '../../array/reservations.js';
import type { Nexus } from './types.js';
import { attentions, type Unit } from './unit.js';
import type { World } from './world.js';

/** So many attentions wait for a nexus at a unit; initiators give up after ten. */
const mostAttentions = 8;

/** What a nexus has at one logical unit. */
export class Seat {
  /** Attentions that wait to be reported, oldest first. */
  readonly waiting: number[] = [];

  constructor(
    readonly attached: Attached,
    readonly unit: Unit,
    readonly lun: number,
  ) {
    unit.seats.add(this);
  }

  get world(): World {
    return this.unit.world;
  }

  /** Keeps an attention for the next command; what waits already is not said twice. */
  tell(attention: number): void {
    if (this.waiting.includes(attention)) return;
    if (this.waiting.length < mostAttentions) this.waiting.push(attention);
  }

  leave(): void {
    this.unit.seats.delete(this);
  }
}

/** A nexus with a session, and the units that it sees. */
export class Attached {
  /** By logical unit number. */
  readonly seats: (Seat | undefined)[] = [];
  /** What persistent reservations know the nexus by. */
  readonly place: string;

  constructor(
    readonly world: World,
    readonly nexus: Nexus,
  ) {
    this.place = placeOf({ initiatorName: nexus.initiatorName, isid: nexus.isid, groupTag: nexus.port.groupTag });
    this.look();
    for (const seat of this.occupied()) seat.tell(attentions.powerOn);
  }

  occupied(): Seat[] {
    return this.seats.filter((seat) => seat !== undefined);
  }

  /** Looks at the mappings; true when the nexus sees other units, or under other numbers, than before. */
  look(): boolean {
    const { array } = this.world;
    const hostRef = array.hosts.portOf(this.nexus.initiatorName)?.hostRef;
    const mappings = hostRef === undefined ? array.mappings.ofTarget(null) : array.mappings.visibleTo(hostRef);
    const wanted = new Map(mappings.map((mapping) => [mapping.lun, mapping.mappableRef]));
    let changed = false;
    for (const seat of this.occupied()) {
      if (wanted.get(seat.lun) === seat.unit.ref) continue;
      this.seats[seat.lun] = undefined;
      if (seat.unit.reservedBy === this) seat.unit.reservedBy = undefined;
      seat.leave();
      changed = true;
    }
    for (const [lun, ref] of wanted) {
      if (this.seats[lun] !== undefined) continue;
      this.seats[lun] = new Seat(this, this.world.unit(ref), lun);
      changed = true;
    }
    return changed;
  }

  leave(): void {
    for (const seat of this.occupied()) {
      if (seat.unit.reservedBy === this) seat.unit.reservedBy = undefined;
      seat.leave();
    }
    this.seats.length = 0;
  }
}
