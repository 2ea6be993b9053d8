import type { DeclaredWorkloadRecord, SnapshotVolumeRecord, VolumeRecord } from '../records.js';
import type { StorageArray } from '../storage-array.js';
import { declaredDemand, declaredLatency } from './declared-demand.js';
import { byTheMedia, type Demand, type Latency } from './demand.js';
import { readTimeOf, serviceTimes, type VolumeFacts, volumeFacts, writeTimeOf } from './media.js';
import type { Activity } from './tally.js';
import { noDemand, type TrafficFlow } from './traffic.js';

type VolumeOrView = VolumeRecord | SnapshotVolumeRecord;

/** What is known of a volume that something is asked of, and the record that it is known from. */
interface Known {
  readonly record: VolumeOrView | undefined;
  readonly facts: VolumeFacts | undefined;
  readonly portRefs: readonly string[];
}

/**
 * What asks something of volumes: the traffic of hosts, and declared workloads. The facts of the volumes stay those of
 * the last look, so that a change of them can first be counted up to.
 */
export class Sources {
  readonly flows = new Map<string, TrafficFlow>();
  /** What each flow had asked when it was last counted into the base. */
  readonly settled = new Map<TrafficFlow, Demand>();
  private endedOps = 0;
  private workloads: readonly DeclaredWorkloadRecord[] = [];
  private readonly known = new Map<string, Known>();

  constructor(private readonly array: StorageArray) {}

  /** What was asked between two moments; of flows: since the last start. */
  *activities(fromMs: number, toMs: number): Generator<Activity> {
    for (const flow of this.flows.values()) {
      const from = this.settled.get(flow) ?? noDemand;
      const to = flow.demand();
      const { facts } = this.know(flow.volumeRef);
      if (
        facts === undefined ||
        to.readOps + to.writeOps + to.otherOps === from.readOps + from.writeOps + from.otherOps
      )
        continue;
      const port = flow.portRef === null ? undefined : this.array.tables.iscsiPorts.get(flow.portRef);
      yield {
        ...flow.toJSON(),
        facts,
        from,
        to,
        latency: byTheMedia,
        portRefs: flow.portRef === null ? [] : [flow.portRef],
        isShipped: port !== undefined && port.controllerRef !== flow.controllerRef,
        isSteady: false,
      };
    }
    for (const workload of this.workloads) {
      const { facts, portRefs } = this.know(workload.volumeRef);
      if (facts === undefined || facts.isStopped) continue;
      yield {
        volumeRef: workload.volumeRef,
        controllerRef: facts.controllerRef,
        facts,
        portRefs,
        from: declaredDemand(workload, fromMs),
        to: declaredDemand(workload, toMs),
        latency: latencyOf(workload, facts),
        isShipped: false,
        isSteady: true,
      };
    }
  }

  /** What flows have asked by now counts as counted. */
  startAnew(): void {
    for (const flow of this.flows.values()) this.settled.set(flow, flow.demand());
  }

  /** Whether a volume that something is asked of is another one than it was, or gone. */
  get areChanged(): boolean {
    for (const [ref, { record }] of this.known) if (record !== this.recordOf(ref)) return true;
    return false;
  }

  /** Takes over what the array is like now; flows of volumes that are gone end. */
  refresh(): void {
    this.known.clear();
    this.workloads = this.array.tables.declaredWorkloads.toJSON();
    for (const [key, flow] of this.flows) {
      if (this.recordOf(flow.volumeRef) !== undefined) {
        this.know(flow.volumeRef);
        continue;
      }
      this.endedOps += flow.ops;
      this.flows.delete(key);
      this.settled.delete(flow);
    }
    for (const { volumeRef } of this.workloads) this.know(volumeRef);
  }

  /** How many operations hosts have asked for, those of flows that ended included. */
  get ops(): number {
    let sum = this.endedOps;
    for (const flow of this.flows.values()) sum += flow.ops;
    return sum;
  }

  clear(): void {
    this.endedOps = this.ops;
    this.flows.clear();
    this.settled.clear();
  }

  know(ref: string): Known {
    const present = this.known.get(ref);
    if (present !== undefined) return present;
    const facts = volumeFacts(this.array, ref);
    const portRefs = this.array.iscsiTarget
      .ports()
      .filter(({ controllerRef, linkStatus }) => controllerRef === facts?.controllerRef && linkStatus === 'up')
      .map((port) => port.ref);
    const known = { record: this.recordOf(ref), facts, portRefs };
    this.known.set(ref, known);
    return known;
  }

  private recordOf(ref: string): VolumeOrView | undefined {
    return this.array.tables.volumes.get(ref) ?? this.array.tables.snapshotVolumes.get(ref);
  }
}

function latencyOf(workload: DeclaredWorkloadRecord, facts: VolumeFacts): Latency {
  return declaredLatency(workload, {
    readTime: facts.flashCached ? serviceTimes.ssdRead : readTimeOf(facts.media),
    writeTime: facts.writeCache ? serviceTimes.cachedWrite : writeTimeOf(facts.media),
  });
}
