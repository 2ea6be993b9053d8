import { ArrayError, ObjectNotFound } from './errors.js';
import type { ControllerRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** The two controllers and which volumes they own. */
export class Controllers {
  constructor(private readonly array: StorageArray) {}

  require(ref: string): ControllerRecord {
    const controller = this.array.tables.controllers.get(ref.toUpperCase());
    if (controller === undefined) throw new ObjectNotFound('invalidControllerref', 'controller', ref);
    return controller;
  }

  list(): ControllerRecord[] {
    return this.array.tables.controllers.toJSON();
  }

  isUp(ref: string): boolean {
    return this.array.tables.controllers.get(ref)?.status === 'optimal';
  }

  /** Who serves a volume that prefers the given controller: it, or the other one while it is down. */
  serving(preferred: string): string {
    if (this.isUp(preferred)) return preferred;
    return this.list().find((controller) => this.isUp(controller.ref))?.ref ?? preferred;
  }

  /**
   * Moves a volume or snapshot volume to a controller until it fails back; what it prefers stays. Throws ArrayError
   * notDualActive when that controller is down.
   */
  takeOver(volumeRef: string, controllerRef: string): void {
    this.array.transact(() => {
      const controller = this.require(controllerRef);
      if (!this.isUp(controller.ref)) {
        throw new ArrayError(
          'notDualActive',
          `Controller ${controller.label} is ${controller.status}: it serves nothing.`,
        );
      }
      const currentController = controller.ref;
      const { volumes, snapshotVolumes } = this.array.tables;
      if (volumes.has(volumeRef)) volumes.patch(volumeRef, { currentController });
      else if (snapshotVolumes.has(volumeRef)) snapshotVolumes.patch(volumeRef, { currentController });
      else throw new ObjectNotFound('volumeNotExist', 'volume', volumeRef);
    });
  }

  /** A controller restarts: the other one takes its volumes over, and it comes back with a new boot time. */
  reset(ref: string): void {
    this.array.transact(() => {
      this.setStatus(ref, 'failed');
      this.setStatus(ref, 'optimal');
    });
  }

  /**
   * Takes a controller down or brings it back; volumes move to the one that serves. Throws ArrayError notDualActive
   * when the other one is down already.
   */
  setStatus(ref: string, status: ControllerRecord['status']): void {
    this.array.transact(() => {
      const controller = this.require(ref);
      if (controller.status === status) return;
      const others = this.list().filter((each) => each.ref !== controller.ref);
      if (status !== 'optimal' && !others.some((each) => this.isUp(each.ref))) {
        throw new ArrayError(
          'notDualActive',
          `Controller ${controller.label} cannot become ${status}: the other controller is down.`,
        );
      }
      const bootTimeMs = status === 'optimal' ? this.array.now() : controller.bootTimeMs;
      this.array.tables.controllers.patch(controller.ref, { status, bootTimeMs });
      for (const volume of this.array.tables.volumes.toJSON()) {
        const currentController =
          status === 'optimal' ? volume.currentController : this.serving(volume.preferredController);
        if (currentController !== volume.currentController)
          this.array.tables.volumes.patch(volume.ref, { currentController });
      }
      for (const view of this.array.tables.snapshotVolumes.toJSON()) {
        const currentController =
          status === 'optimal' ? view.currentController : this.serving(view.preferredController);
        if (currentController !== view.currentController)
          this.array.tables.snapshotVolumes.patch(view.ref, { currentController });
      }
      this.array.events.record({
        eventType: status === 'optimal' ? 0x2820 : 0x281a,
        category: status === 'optimal' ? 'notification' : 'failure',
        priority: status === 'optimal' ? 'priorityInfo' : 'priorityCritical',
        componentType: 'controller',
        description: status === 'optimal' ? 'Controller placed online' : `Controller placed offline (${status})`,
        location: `Shelf 99, Controller in slot ${controller.label}`,
        objectRef: controller.ref,
      });
    });
  }
}
