import { placeOf } from '../../array/reservations.js';
import type { TrafficFlow } from '../../array/statistics/traffic.js';
import type { LogicalUnits } from './logical-units.js';
import type { Nexus } from './types.js';
import { attentions, type Unit } from './unit.js';

/** So many attentions wait for a nexus at a unit; initiators give up after ten. */
const mostAttentions = 8;

/** What a nexus has at one logical unit. */
export class ItlNexus {
  /** Attentions that wait to be reported, oldest first. */
  readonly waiting: number[] = [];
  private flow: TrafficFlow | undefined;

  constructor(
    readonly attached: ItNexus,
    readonly unit: Unit,
    readonly lun: number,
  ) {
    unit.itlNexuses.add(this);
  }

  get logicalUnits(): LogicalUnits {
    return this.unit.logicalUnits;
  }

  /** Where what the nexus moves at the unit is counted. */
  get traffic(): TrafficFlow {
    const { unit } = this;
    const { statistics } = unit.logicalUnits.array;
    statistics.keepUp(unit.logicalUnits.array.seenMs);
    const { flow } = this;
    if (flow !== undefined && flow.controllerRef === unit.servedBy && statistics.counts(flow)) return flow;
    const begun = statistics.flow(unit.ref, unit.servedBy, this.attached.portRef);
    this.flow = begun;
    return begun;
  }

  /** Keeps an attention for the next command; what waits already is not said twice. */
  tell(attention: number): void {
    if (this.waiting.includes(attention)) return;
    if (this.waiting.length < mostAttentions) this.waiting.push(attention);
  }

  leave(): void {
    this.unit.itlNexuses.delete(this);
  }
}

/** A nexus with a session, and the units that it sees. */
export class ItNexus {
  /** By logical unit number. */
  readonly itlNexuses: (ItlNexus | undefined)[] = [];
  /** The host port that it came in by. */
  readonly portRef: string | null;
  /** What persistent reservations know the nexus by. */
  readonly place: string;

  constructor(
    readonly logicalUnits: LogicalUnits,
    readonly nexus: Nexus,
  ) {
    const ports = logicalUnits.array.iscsiTarget.ports();
    this.portRef = ports[nexus.port.relativeId - 1]?.ref ?? null;
    this.place = placeOf({ initiatorName: nexus.initiatorName, isid: nexus.isid, groupTag: nexus.port.groupTag });
    this.look();
    for (const itl of this.occupied()) itl.tell(attentions.powerOn);
  }

  occupied(): ItlNexus[] {
    return this.itlNexuses.filter((itl) => itl !== undefined);
  }

  /** Looks at the mappings; true when the nexus sees other units, or under other numbers, than before. */
  look(): boolean {
    const { array } = this.logicalUnits;
    const hostRef = array.hosts.portOf(this.nexus.initiatorName)?.hostRef;
    const mappings = hostRef === undefined ? array.mappings.ofTarget(null) : array.mappings.visibleTo(hostRef);
    const wanted = new Map(mappings.map((mapping) => [mapping.lun, mapping.mappableRef]));
    let changed = false;
    for (const itl of this.occupied()) {
      if (wanted.get(itl.lun) === itl.unit.ref) continue;
      this.itlNexuses[itl.lun] = undefined;
      if (itl.unit.reservedBy === this) itl.unit.reservedBy = undefined;
      itl.leave();
      changed = true;
    }
    for (const [lun, ref] of wanted) {
      if (this.itlNexuses[lun] !== undefined) continue;
      this.itlNexuses[lun] = new ItlNexus(this, this.logicalUnits.unit(ref), lun);
      changed = true;
    }
    return changed;
  }

  leave(): void {
    for (const itl of this.occupied()) {
      if (itl.unit.reservedBy === this) itl.unit.reservedBy = undefined;
      itl.leave();
    }
    this.itlNexuses.length = 0;
  }
}
