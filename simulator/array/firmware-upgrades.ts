import { ArrayError } from './errors.js';
import type { ControllerRecord, JobRecord, SystemRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** Firmware that is on the array and waits to be activated. A part that is '' stays as it is. */
interface StagedFirmware {
  readonly bundle: string;
  readonly nvsram: string;
  readonly stagedMs: number;
}

/** The last upgrade, or the one that goes on. */
export interface FirmwareUpgradeState {
  readonly requestId: string;
  readonly startMs: number;
  readonly activationStartMs: number | null;
  readonly activationEndMs: number | null;
  readonly status: 'staged' | 'running' | 'complete' | 'failed';
}

/** What an upgrade did, for the logs of services. */
export interface UpgradeLogEntry {
  readonly kind: 'cfw' | 'drive' | 'nvsram' | 'iom';
  readonly message: string;
  readonly timeMs: number;
  readonly isEnd: boolean;
}

/** A drive that loads firmware, and which. */
export interface DriveUpgrade {
  readonly driveRef: string;
  readonly version: string;
}

const kind = 'array/firmware';
const logKind = 'array/upgradeLog';
const mostLogEntries = 200;

/** Bytes that a controller loads when it starts anew: what its start takes under `timed` progression. */
const controllerBytes = 2 ** 31;
const driveBytes = 2 ** 28;

/**
 * Firmware of controllers and drives. Controllers take it one after the other: each starts anew while the other one
 * serves its volumes. When the last is back, the array's firmware is the new one.
 */
export class FirmwareUpgrades {
  constructor(private readonly array: StorageArray) {
    array.jobs.onEnd('firmware', {
      complete: (job) => this.ended(job),
      fail: (job) => this.failed(job),
    });
  }

  get staged(): StagedFirmware | undefined {
    return this.array.documents.find(kind, 'staged');
  }

  get state(): FirmwareUpgradeState | undefined {
    return this.array.documents.find(kind, 'upgrade');
  }

  log(): readonly UpgradeLogEntry[] {
    return this.array.documents.list<UpgradeLogEntry>(logKind);
  }

  /** Whether firmware of controllers or drives is being loaded. */
  get isBusy(): boolean {
    return [...this.array.tables.jobs.values()].some((job) => job.kind === 'firmware');
  }

  /** Puts firmware on the array, to be activated later. Throws ArrayError while an upgrade goes on. */
  stage(firmware: Pick<StagedFirmware, 'bundle' | 'nvsram'>): FirmwareUpgradeState {
    return this.array.transact(() => {
      this.refuseWhileBusy();
      const now = this.array.now();
      this.array.documents.put(kind, 'staged', { ...firmware, stagedMs: now });
      const requestId = String(this.array.takeCounter('job'));
      const what = firmware.bundle || firmware.nvsram;
      this.note(firmware.bundle === '' ? 'nvsram' : 'cfw', `Firmware ${what} transferred`, `Firmware ${what} staged`);
      return this.array.documents.put(kind, 'upgrade', {
        requestId,
        startMs: now,
        activationStartMs: null,
        activationEndMs: null,
        status: 'staged',
      });
    });
  }

  /** Takes staged firmware away again. */
  unstage(): void {
    this.array.transact(() => {
      this.refuseWhileBusy();
      this.array.documents.delete(kind, 'staged', 'Staged firmware removed');
    });
  }

  /** Begins to load the staged firmware. Throws ArrayError without any, and while a controller is down. */
  activate(): FirmwareUpgradeState {
    return this.array.transact(() => {
      this.refuseWhileBusy();
      if (this.staged === undefined || this.state === undefined)
        throw new ArrayError('illegalParam', 'No firmware is staged: there is nothing to activate.');
      const down = this.array.controllers.list().find(({ ref }) => !this.array.controllers.isUp(ref));
      if (down !== undefined)
        throw new ArrayError('notDualActive', `Controller ${down.label} is ${down.status}: it cannot be upgraded.`);
      const now = this.array.now();
      this.array.documents.put(kind, 'upgrade', { ...this.state, activationStartMs: now, status: 'running' });
      this.note('cfw', 'Firmware activation started', 'Firmware activation started');
      this.restartNext(undefined);
      return this.state;
    });
  }

  /** Loads firmware into drives, each on its own. Throws ArrayError while an upgrade goes on. */
  upgradeDrives(upgrades: readonly DriveUpgrade[]): void {
    this.array.transact(() => {
      this.refuseWhileBusy();
      this.array.documents.put(kind, 'drives', upgrades);
      this.note(
        'drive',
        `Firmware for ${upgrades.length} drives`,
        `Firmware of ${upgrades.length} drives being loaded`,
      );
      for (const { driveRef, version } of upgrades)
        this.array.jobs.start('firmware', driveRef, driveBytes, { part: 'drive', version });
    });
  }

  /** The drives of the last upgrade, with the version that each was to get. */
  driveUpgrades(): readonly DriveUpgrade[] {
    return this.array.documents.find(kind, 'drives') ?? [];
  }

  /** Ends the upgrades of drives that still go on. */
  cancelDrives(): void {
    this.array.transact(() => {
      for (const job of this.array.tables.jobs.toJSON())
        if (job.kind === 'firmware' && job.detail.part === 'drive') this.array.jobs.end(job, 'cancel');
      this.array.documents.delete(kind, 'drives', 'Drive firmware upgrade cancelled');
    });
  }

  private refuseWhileBusy(): void {
    if (this.isBusy) throw new ArrayError('busy', 'Firmware is being loaded: wait until that has ended.');
  }

  /** The controller after the given one starts anew; after the last one the new firmware is in force. */
  private restartNext(previous: ControllerRecord | undefined): void {
    const controllers = this.array.controllers.list();
    const next = controllers[previous === undefined ? 0 : controllers.findIndex(({ ref }) => ref === previous.ref) + 1];
    if (next === undefined) {
      this.finish();
      return;
    }
    this.array.controllers.setStatus(next.ref, 'failed');
    this.array.jobs.start('firmware', next.ref, controllerBytes, { part: 'controller' });
  }

  private ended(job: JobRecord): void {
    if (job.detail.part === 'drive') {
      if (this.array.tables.drives.has(job.objectRef))
        this.array.tables.drives.patch(job.objectRef, { firmwareVersion: String(job.detail.version) });
      if (!this.isBusy) this.note('drive', 'Drive firmware loaded', 'Drive firmware loaded', true);
      return;
    }
    const controller = this.array.controllers.require(job.objectRef);
    this.array.controllers.setStatus(controller.ref, 'optimal');
    this.restartNext(controller);
  }

  private failed(job: JobRecord): void {
    if (job.detail.part === 'drive') {
      this.note('drive', 'Drive firmware could not be loaded', 'Drive firmware could not be loaded');
      return;
    }
    // A controller that does not take the new firmware comes back with the old one.
    this.array.controllers.setStatus(job.objectRef, 'optimal');
    this.end('failed');
    this.note('cfw', 'Firmware activation failed', 'Firmware activation failed');
  }

  private finish(): void {
    const { staged } = this;
    if (staged === undefined) return;
    this.array.patchSystem({ firmware: upgraded(this.array.system.firmware, staged) });
    this.array.documents.delete(kind, 'staged');
    this.end('complete');
    if (staged.nvsram !== '') this.note('nvsram', `NVSRAM ${staged.nvsram} active`, undefined, true);
    if (staged.bundle !== '')
      this.note('cfw', `Firmware ${staged.bundle} active`, `Firmware ${staged.bundle} activated`, true);
  }

  private end(status: 'complete' | 'failed'): void {
    const { state } = this;
    if (state !== undefined)
      this.array.documents.put(kind, 'upgrade', { ...state, activationEndMs: this.array.now(), status });
  }

  private note(of: UpgradeLogEntry['kind'], message: string, event: string | undefined, isEnd = false): void {
    const entries = [...this.array.tables.documents.values()].filter((record) => record.kind === logKind);
    const [oldest] = entries;
    if (entries.length >= mostLogEntries && oldest !== undefined) this.array.documents.delete(logKind, oldest.key);
    const key = String(this.array.takeCounter('serial'));
    const entry: UpgradeLogEntry = { kind: of, message, timeMs: this.array.now(), isEnd };
    this.array.documents.put(logKind, key, entry, event);
  }
}

/** The versions after an upgrade: those of the parts follow the bundle. */
function upgraded(present: SystemRecord['firmware'], { bundle, nvsram }: StagedFirmware): SystemRecord['firmware'] {
  return {
    ...present,
    ...(bundle === '' ? {} : { bundle, display: displayVersion(bundle), management: managementVersion(bundle) }),
    ...(nvsram === '' ? {} : { nvsram }),
  };
}

/** A bundle's version as the management program shows it: 08.90.02.00 is 11.90R2. */
function displayVersion(bundle: string): string {
  const [major = '', minor = '', patch = '0'] = bundle.split('.');
  return `${major === '08' ? '11' : major}.${minor}${Number(patch) === 0 ? '' : `R${Number(patch)}`}`;
}

function managementVersion(bundle: string): string {
  const [major = '', minor = '', patch = '0'] = bundle.split('.');
  return `${major === '08' ? '11' : major}.${minor}.00.00${patch}`;
}

/** The bundle of a version as files are named by it: 11.90.2, 11.90R2 and 08.90.02.00 are 08.90.02.00. */
export function bundleVersion(version: string): string {
  const [, major = '00', minor = '00', patch = '0'] = /^(\d+)\.(\d+)(?:(?:\.|R)(\d+))?/.exec(version) ?? [];
  return [major === '11' ? '08' : major, minor, patch.padStart(2, '0'), '00'].join('.');
}
