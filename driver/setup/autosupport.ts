import { messageOf } from '../errors.js';
import type { Runtime } from '../runtime.js';
import type { ArrayClient } from '../transport/array-client.js';
import type { Endpoint } from './setup.js';

const everyMs = 3_600_000;

/** Tells the array's support which driver is connected. Nothing depends on it. */
export class Autosupport {
  private dueMs = 0;

  constructor(
    private readonly client: ArrayClient,
    private readonly endpoint: Endpoint,
    private readonly driver: { readonly name: string; readonly version: string; readonly host: string },
    private readonly runtime: Runtime,
  ) {}

  /** Once an hour, during another call: the driver has no timers. */
  async sendIfDue(): Promise<void> {
    if (this.runtime.now() >= this.dueMs) await this.send();
  }

  async send(): Promise<void> {
    this.dueMs = this.runtime.now() + everyMs;
    try {
      const { client, endpoint, driver } = this;
      const [inventory, system] = await Promise.all([
        client.hardwareInventory(),
        client.storageSystem(endpoint.systemId),
      ]);
      const [first = 'unknown', second = 'unknown'] = inventory.controllers
        .map((controller) => controller.serialNumber.trimEnd() || 'unknown')
        .sort();
      const key = `openstack-${driver.host}-${first}-${second}`;
      await client.beatHeart(key);
      await client.setKeyValue(key, {
        'computer-name': driver.host,
        'event-source': `Cinder driver ${driver.name}`,
        'app-version': driver.version,
        category: 'provisioning',
        'event-description': 'OpenStack Cinder connected to E-Series proxy',
        'controller1-serial': first,
        'controller2-serial': second,
        'chassis-serial-number': system.chassisSerialNumber ?? 'unknown',
        model: inventory.controllers[0]?.modelName ?? 'unknown',
        'system-version': system.fwVersion ?? 'unknown',
        'operating-mode': endpoint.mode,
      });
    } catch (error) {
      this.runtime.logger.warn(`Autosupport could not be sent: ${messageOf(error)}`);
    }
  }
}
