/** Where an initiator came in: a portal of one controller. */
export interface TargetPort {
  readonly controllerRef: string;
  /** Relative target port identifier, from 1 on, over all host ports of the array. */
  readonly relativeId: number;
  /** Target portal group tag and ALUA target port group: the controller's slot, 1 or 2. */
  readonly groupTag: number;
}

/** An initiator port's session with a target port: what reservations and unit attentions belong to. */
export interface Nexus {
  /** Lower case. */
  readonly initiatorName: string;
  /** The initiator session id, 12 hex digits. */
  readonly isid: string;
  readonly targetName: string;
  readonly port: TargetPort;
  /** The same for the same initiator port at the same target portal group, also after it came back. */
  readonly id: string;
}

/** What a command ends with. */
export interface Outcome {
  /** SAM status: 0x00 GOOD, 0x02 CHECK CONDITION, 0x18 RESERVATION CONFLICT … */
  readonly status: number;
  /** Sense data, fixed or descriptor format, of a CHECK CONDITION. */
  readonly sense?: Buffer;
  /** Data for the initiator in pieces; they are sent as they are, without a copy. */
  readonly dataIn?: readonly Uint8Array[];
  /** Bytes in `dataIn`. */
  readonly dataInBytes?: number;
}

/** A command that first wants bytes from the initiator. */
export interface WantsData {
  readonly dataOutBytes: number;
  /** The initiator must mean to send exactly that many: an expected length that is larger is refused like a smaller one. */
  readonly exact?: boolean;
  /** The initiator may mean to send fewer: what comes is written, what it does not reach stays as it was. */
  readonly takesLess?: boolean;
  /** Called once with exactly `dataOutBytes` bytes (fewer only with `takesLess`), valid during the call only. What was checked before is checked again. */
  finish(data: Buffer): Outcome | Promise<Outcome>;
}

export type Step = Outcome | WantsData | Promise<Outcome>;

/** What the wire does for the commands. */
export interface TaskControl {
  /**
   * Ends the tasks that wait for data, of one logical unit and one nexus, or of all; tells whose they were, by the id
   * of the nexus. Nothing is answered for them, or TASK ABORTED for those of every nexus but `answeredExcept`.
   */
  abort(which: {
    readonly unitRef?: string;
    readonly nexusId?: string;
    readonly answeredExcept?: string | undefined;
  }): ReadonlySet<string>;
}
