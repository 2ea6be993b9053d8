import type { CheckCondition } from './scsi/sense.js';
import type { Nexus, Outcome, Step } from './scsi/types.js';

/** A command as it came. */
export interface SeenCommand {
  readonly nexus: Nexus;
  /** Reference of the volume or view that it is for; undefined when the initiator sees none there. */
  readonly unitRef: string | undefined;
  /** Valid during the call only. */
  readonly cdb: Buffer;
}

/** What a command can be led to. */
export interface CommandExits {
  /** Begins it as if nothing had come in between. */
  begin(): Step;
  /** An answer in the sense format that the unit is set to. */
  checkCondition(error: CheckCondition): Outcome;
  /** Ends the connection at once: whatever was not answered never is. */
  breakOff(): void;
}

/** What may come between initiators and the target of one array. */
export interface IscsiInterference {
  /** Whether there is anything to look at: without, logins and commands go their way at once. */
  readonly active: boolean;
  /** The status that a login is refused with; undefined lets it in. */
  refuseLogin(initiatorName: string): number | undefined;
  /** Begins a command, or does something else in its place. */
  begin(command: SeenCommand, exits: CommandExits): Step;
}
