/**
 * The exceptions of the driver, under the names that Cinder's volume manager knows: it decides by the class what becomes
 * of a volume or snapshot. Each has a message made of its details and keeps its cause (source: Cinder's exception module).
 */

type Details = Readonly<Record<string, unknown>>;

/** The root. `message` is the text made from `details`, or the text given. */
export class CinderException extends Error {
  readonly details: Details;

  constructor(details: Details | string = {}, options?: ErrorOptions) {
    super(typeof details === 'string' ? details : '', options);
    this.details = typeof details === 'string' ? {} : details;
    this.name = new.target.name;
    if (typeof details !== 'string') this.message = this.text(details);
  }

  /** The names of the classes from this one up to CinderException. */
  get lineage(): string[] {
    const names: string[] = [];
    for (let at: object = Object.getPrototypeOf(this); at !== Error.prototype; at = Object.getPrototypeOf(at)) {
      names.push(at.constructor.name);
    }
    return names;
  }

  protected text(details: Details): string {
    return `Something failed: ${JSON.stringify(details)}.`;
  }
}

export class NotFound extends CinderException {
  protected override text({ what }: Details): string {
    return `${String(what ?? 'A resource')} could not be found.`;
  }
}

export class VolumeNotFound extends NotFound {
  protected override text({ volume_id }: Details): string {
    return `Volume '${volume_id}' could not be found.`;
  }
}

export class SnapshotNotFound extends NotFound {
  protected override text({ snapshot_id }: Details): string {
    return `Snapshot '${snapshot_id}' could not be found.`;
  }
}

export class ConsistencyGroupNotFound extends NotFound {
  protected override text({ consistencygroup_id }: Details): string {
    return `Consistency group '${consistencygroup_id}' could not be found.`;
  }
}

export class CgSnapshotNotFound extends NotFound {
  protected override text({ cgsnapshot_id }: Details): string {
    return `Consistency group snapshot '${cgsnapshot_id}' could not be found.`;
  }
}

export class Invalid extends CinderException {}

export class InvalidInput extends Invalid {
  protected override text({ reason }: Details): string {
    return `The input is invalid: ${reason}`;
  }
}

export class InvalidVolume extends Invalid {
  protected override text({ reason }: Details): string {
    return `The volume is invalid: ${reason}`;
  }
}

export class InvalidHost extends Invalid {
  protected override text({ reason }: Details): string {
    return `The host is invalid: ${reason}`;
  }
}

export class InvalidConfigurationValue extends Invalid {
  protected override text({ option, value, reason }: Details): string {
    return `The value '${value}' of the option ${option} is invalid: ${reason}`;
  }
}

export class InvalidReplicationTarget extends Invalid {
  protected override text({ reason }: Details): string {
    return `The replication target is invalid: ${reason}`;
  }
}

export class ManageExistingInvalidReference extends CinderException {
  protected override text({ existing_ref, reason }: Details): string {
    return `Managing the existing backend object ${JSON.stringify(existing_ref)} is not possible: ${reason}`;
  }
}

export class ManageExistingAlreadyManaged extends CinderException {
  protected override text({ volume_ref }: Details): string {
    return `'${volume_ref}' is managed by Cinder already.`;
  }
}

export class NoValidBackend extends CinderException {
  protected override text({ reason }: Details): string {
    return `No valid backend: ${reason}`;
  }
}

export class VolumeBackendAPIException extends CinderException {
  protected override text({ data }: Details): string {
    return `The storage backend answered badly or unexpectedly: ${data}`;
  }
}

export class VolumeIsBusy extends CinderException {
  protected override text({ volume_name, reason }: Details): string {
    return `Volume '${volume_name}' is busy: ${reason}`;
  }
}

export class SnapshotIsBusy extends CinderException {
  protected override text({ snapshot_name, reason }: Details): string {
    return `Snapshot '${snapshot_name}' is busy: ${reason}`;
  }
}

export class QuotaError extends CinderException {}

export class SnapshotLimitExceeded extends QuotaError {
  protected override text({ allowed }: Details): string {
    return `No more than ${allowed} snapshots of a volume are possible.`;
  }
}

export class VolumeDriverException extends CinderException {}

export class InvalidConnectorException extends VolumeDriverException {
  protected override text({ missing }: Details): string {
    return `The connector lacks '${missing}'.`;
  }
}

export class NetAppDriverException extends VolumeDriverException {
  /** True when the array gave no answer: whether it did what was asked is unknown. */
  readonly unanswered: boolean = false;
}

/** No usable answer came: refused, reset, timed out, cut or garbled. Reported under its parent's name. */
export class NoAnswer extends NetAppDriverException {
  override readonly unanswered = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NetAppDriverException';
  }
}

export interface WebServiceDetails {
  readonly method: string;
  readonly path: string;
  readonly statusCode: number;
  /** What the array itself said, where it did. */
  readonly retcode?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly codeType?: string | undefined;
}

/** The array refused. `statusCode`, `retcode`, `errorMessage` and `codeType` are its own. */
export class WebServiceException extends NetAppDriverException {
  readonly statusCode: number;
  readonly retcode: string | undefined;
  readonly errorMessage: string | undefined;
  readonly codeType: string | undefined;

  constructor(details: WebServiceDetails, options?: ErrorOptions) {
    super({ ...details }, options);
    this.statusCode = details.statusCode;
    this.retcode = details.retcode;
    this.errorMessage = details.errorMessage;
    this.codeType = details.codeType;
  }

  protected override text(details: Details): string {
    const { method, path, statusCode, retcode, errorMessage, codeType } = details as unknown as WebServiceDetails;
    const said = errorMessage === undefined ? '' : ` ${errorMessage}`;
    const code = retcode === undefined ? '' : ` (retcode ${retcode}${codeType === undefined ? '' : `, ${codeType}`})`;
    if (statusCode === 424) return `${method} ${path}: the storage system is offline.${said}${code}`;
    if (statusCode === 422 && (retcode === '30' || retcode === 'authFailPassword'))
      return `${method} ${path}: the array's password is wrong (netapp_sa_password).${said}${code}`;
    return `${method} ${path}: response error code ${statusCode}.${said}${code}`;
  }
}

export class VolumeNotMapped extends NetAppDriverException {
  protected override text({ volume_id, host }: Details): string {
    return `Volume '${volume_id}' is not mapped to host '${host}'.`;
  }
}

export class UnsupportedHostGroup extends NetAppDriverException {
  protected override text({ volume_id, group }: Details): string {
    return `Volume '${volume_id}' is mapped to, or its host is in, host group '${group}', which is not the driver's.`;
  }
}

/** Whether the array said that there is no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof WebServiceException && error.statusCode === 404;
}

/** Return codes that say: in use or being worked on, try later (source: SYMbol codes, which come as numbers in text). */
const busyCodes = new Set([
  '3', // busy
  '11', // volumeReconfiguring
  '16', // reservationConflict
  '21', // volumeFormatting
  '137', // rollbackInProgress
  '194', // copyActive
  '363', // volumeInitializing
  '428', // volumeHasVolcopyRelationship
  '493', // volumeInUse
]);

/** Whether the array refused because of work that goes on. */
export function isBusy(error: unknown): boolean {
  return error instanceof WebServiceException && busyCodes.has(String(error.retcode));
}

/** Return codes that say: another object has that name (source: SYMbol codes). */
const nameCodes = new Set([
  '44', // invalidLabel
  '455', // invalidPitConsistencyGroupLabel
  '495', // arvmGroupUserLabelExists
]);

/** Whether the array refused a name, as it does when another object has it. */
export function isNameTaken(error: unknown): boolean {
  return error instanceof WebServiceException && nameCodes.has(String(error.retcode));
}

/** Whether the array refused a LUN because another mapping has it. */
export function isLunTaken(error: unknown): boolean {
  return error instanceof WebServiceException && error.retcode === '62';
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
