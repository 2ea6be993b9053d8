import type { Configuration } from '../config.js';
import { NetAppDriverException } from '../errors.js';
import type { Volume } from '../model.js';
import type { Volumes } from '../provisioning/volumes.js';
import type { Endpoint, Setup } from '../setup/setup.js';
import { supports } from '../setup/version.js';
import type { ArrayClient } from '../transport/array-client.js';
import type { HostType } from '../transport/array-types.js';
import { type ConnectionInfo, type Credentials, chapCredentials, connectionInfo, portalsFor } from './connection.js';
import type { Mapper } from './mapper.js';

/** Lets an initiator to a volume and says how to reach it. */
export class Attaching {
  private hostType: HostType | undefined;

  constructor(
    private readonly client: ArrayClient,
    private readonly volumes: Volumes,
    private readonly mapper: Mapper,
    private readonly setup: Setup,
    private readonly endpoint: Endpoint,
    private readonly configuration: Configuration,
  ) {}

  /** Throws NetAppDriverException when the array does not have the configured host type. */
  async checkHostType(): Promise<HostType> {
    this.hostType = await this.setup.hostType();
    return this.hostType;
  }

  /** Throws VolumeNotFound, and NetAppDriverException when the array cannot be reached by iSCSI or cannot do CHAP. */
  async connect(volume: Volume, initiator: string): Promise<ConnectionInfo> {
    const [target, inventory] = await Promise.all([this.volumes.require(volume), this.client.hardwareInventory()]);
    const portals = portalsFor(target, inventory);
    // What can fail comes before the mapping, so that a failure leaves none.
    const chap = this.configuration.use_chap_auth ? await this.chap(portals.map((portal) => portal.iqn)) : undefined;
    const hostType = this.hostType ?? (await this.checkHostType());
    const lun = await this.mapper.map(volume, target, initiator, hostType);
    return connectionInfo(volume, lun, portals, chap);
  }

  private async chap(iqns: readonly string[]): Promise<Credentials> {
    const { configuration, endpoint } = this;
    if (!supports(endpoint.version, 'chapAuthentication'))
      throw new NetAppDriverException(`The web services have version ${endpoint.version}, which cannot do CHAP.`);
    const credentials = chapCredentials(configuration, endpoint.systemId);
    for (const iqn of new Set(iqns)) await this.client.setTargetChap(iqn, credentials.username, credentials.password);
    return credentials;
  }
}
