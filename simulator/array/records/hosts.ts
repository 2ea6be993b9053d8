import { initially } from '../defaults.js';
import type { ArrayRecord } from '../table.js';

/** Hosts, what is mapped to them, and what they reserve. */

/** What a host port begins with, and what one of an older state file gets. */
export const hostPortDefaults = {
  chapSecret: initially<string | null>(null),
};

export interface HostPortRecord extends ArrayRecord, Readonly<typeof hostPortDefaults> {
  readonly hostRef: string;
  readonly type: 'iscsi' | 'fc' | 'sas' | 'ib' | 'nvmeof';
  /** IQN, NQN or WWN (upper case, no colons). */
  readonly address: string;
  readonly label: string;
}

/** What a host begins with, and what one of an older state file gets. */
export const hostDefaults = {
  groupRef: initially<string | null>(null),
};

export interface HostRecord extends ArrayRecord, Readonly<typeof hostDefaults> {
  readonly label: string;
  readonly hostTypeIndex: number;
}

export interface HostGroupRecord extends ArrayRecord {
  readonly label: string;
}

/** `targetRef` is a host, a host group, or null for the default group. */
export interface MappingRecord extends ArrayRecord {
  readonly mappableRef: string;
  readonly targetRef: string | null;
  readonly lun: number;
  readonly ssid: number;
}

/** An initiator port at a target port group that registered a key. */
export interface RegistrationRecord {
  readonly initiatorName: string;
  /** The initiator session id, 12 hex digits. */
  readonly isid: string;
  /** The target port group: a controller's slot. */
  readonly groupTag: number;
  readonly relativePortId: number;
  /** 16 hex digits, upper case; never all zeros. */
  readonly key: string;
}

/** SCSI-3 reservation types: write exclusive, exclusive access, and both for registrants only or all registrants. */
export type ReservationType = 1 | 3 | 5 | 6 | 7 | 8;

/** What a reservation begins with, and what one of an older state file gets. */
export const reservationDefaults = {
  /** Counts the changes of registrations, modulo 2^32. */
  generation: 0,
  registrations: initially<readonly RegistrationRecord[]>([]),
  reservation: initially<{
    readonly type: ReservationType;
    /** The holder's place: initiator name, ISID and group as `placeOf` writes them; null when all registrants hold it. */
    readonly holder: string | null;
  } | null>(null),
  /** Asked to outlive a loss of power. */
  persistsThroughPowerLoss: false,
};

/** The persistent reservations of a volume or snapshot volume, whose reference it has. */
export interface ReservationRecord extends ArrayRecord, Readonly<typeof reservationDefaults> {}

/** An initiator that logged in but belongs to no host. */
export interface UnassociatedPortRecord extends ArrayRecord {
  readonly type: 'iscsi' | 'fc' | 'sas' | 'ib' | 'nvmeof';
  readonly address: string;
}
