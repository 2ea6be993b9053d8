/** An iSCSI login as it was answered. */
export interface SeenLogin {
  readonly initiator: string;
  /** Address and port. */
  readonly portal: string;
  readonly isDiscovery: boolean;
  /** Status class and detail; 0 for success. */
  readonly status: number;
}

export interface SeenSession {
  readonly initiator: string;
  readonly portal: string;
}

/** A session that is open: a portal of the target, and the port of the initiator at the other end. */
export interface OpenSession extends SeenSession {
  readonly id: string;
  /** The initiator session id, 12 hex digits. */
  readonly isid: string;
  readonly controllerRef: string;
}

/** A SCSI command that was answered. */
export interface EndedCommand {
  readonly initiator: string;
  /** Reference of the volume or view; undefined when the initiator sees none there. */
  readonly unitRef: string | undefined;
  readonly sort: 'read' | 'write' | 'other';
  /** Bytes that were read or written. */
  readonly bytes: number;
  readonly isGood: boolean;
}

/** Is told of what initiators do at the target of one array. Changes nothing. */
export interface IscsiObserver {
  /** Whether it wants to be told: without, nothing is put together for it. */
  readonly active: boolean;
  login(login: SeenLogin): void;
  sessionEnded(session: SeenSession): void;
  commandEnded(command: EndedCommand): void;
}
