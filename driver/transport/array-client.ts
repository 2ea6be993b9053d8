import { isMissing, NetAppDriverException } from '../errors.js';
import type {
  About,
  ActionProgress,
  ArrayGroup,
  ArrayHost,
  ArrayVolume,
  CopyJob,
  GroupView,
  HardwareInventory,
  HostGroup,
  HostType,
  Mapping,
  MirrorGroup,
  MirrorPair,
  Pool,
  SnapshotGroup,
  SnapshotImage,
  SnapshotView,
  SscPool,
  StorageSystem,
} from './array-types.js';
import type { RestClient } from './rest-client.js';

/** What a new volume is to be like; null leaves the choice to the array. Size in GiB. */
export interface NewVolume {
  readonly poolId: string;
  readonly name: string;
  readonly size: number;
  readonly thinProvision: boolean | null;
  readonly dataAssuranceEnable: boolean | null;
  readonly flashCacheEnable: boolean | null;
  readonly readCacheEnable: boolean | null;
  readonly writeCacheEnable: boolean | null;
}

/** Share of the base volume that snapshot repositories have, in percent. */
const repositoryPercent = 20.0;

const at = encodeURIComponent;

/** The calls of the web services that the driver makes, one a method (source: SANtricity's API documents). */
export class ArrayClient {
  constructor(readonly rest: RestClient) {}

  about(): Promise<About> {
    return this.rest.utilities('GET', '/about');
  }

  storageSystems(): Promise<StorageSystem[]> {
    return this.rest.service('GET', '/storage-systems');
  }

  registerSystem(controllerAddresses: readonly string[], password: string | null): Promise<StorageSystem> {
    return this.rest.service('POST', '/storage-systems', { body: { controllerAddresses, wwn: null, password } });
  }

  storageSystem(id: string): Promise<StorageSystem> {
    return this.rest.service('GET', `/storage-systems/${at(id)}`);
  }

  storePassword(id: string, storedPassword: string | null): Promise<unknown> {
    return this.rest.service('POST', `/storage-systems/${at(id)}`, { body: { storedPassword } });
  }

  /** The texts that clients keep in the web services. */
  keyValues(): Promise<{ readonly key: string }[]> {
    return this.rest.service('GET', '/key-values');
  }

  deleteKeyValue(key: string): Promise<void> {
    return this.rest.service('DELETE', `/key-values/${at(key)}`);
  }

  /** The value is a text that holds JSON: it is encoded twice. */
  setKeyValue(key: string, value: object): Promise<unknown> {
    return this.rest.service('POST', `/key-values/${at(key)}`, { body: JSON.stringify(value) });
  }

  beatHeart(key: string): Promise<unknown> {
    return this.rest.service('POST', `/counters/${at(key)}-heartbeat/setCounter?value=1`);
  }

  pools(): Promise<Pool[]> {
    return this.rest.system('GET', 'storage-pools');
  }

  pool(ref: string): Promise<Pool> {
    return this.rest.system('GET', `storage-pools/${at(ref)}`);
  }

  poolProgress(ref: string): Promise<ActionProgress[]> {
    return this.rest.system('GET', `storage-pools/${at(ref)}/action-progress`);
  }

  sscPools(): Promise<SscPool[]> {
    return this.rest.system('GET', 'ssc/pools');
  }

  hardwareInventory(): Promise<HardwareInventory> {
    return this.rest.system('GET', 'hardware-inventory');
  }

  hostTypes(): Promise<HostType[]> {
    return this.rest.system('GET', 'host-types');
  }

  volumes(): Promise<ArrayVolume[]> {
    return this.rest.system('GET', 'ssc/volumes');
  }

  /** By reference, label or WWN. */
  findVolume(id: string): Promise<ArrayVolume | undefined> {
    return found(this.rest.system<ArrayVolume>('GET', `ssc/volumes/${at(id)}`));
  }

  createVolume(volume: NewVolume): Promise<ArrayVolume> {
    return this.rest.system('POST', 'ssc/volumes', { body: { ...volume, sizeUnit: 'gb' } });
  }

  updateVolume(ref: string, changes: object): Promise<ArrayVolume> {
    return this.rest.system('POST', `ssc/volumes/${at(ref)}`, { body: changes });
  }

  deleteVolume(ref: string): Promise<void> {
    return this.rest.system('DELETE', `ssc/volumes/${at(ref)}`);
  }

  expandVolume(ref: string, size: number): Promise<unknown> {
    return this.rest.system('POST', `volumes/${at(ref)}/expand`, { body: { expansionSize: size, sizeUnit: 'gb' } });
  }

  expandThinVolume(ref: string, size: number): Promise<unknown> {
    const body = { newVirtualSize: size, newRepositorySize: size, sizeUnit: 'gb' };
    return this.rest.system('POST', `thin-volumes/${at(ref)}/expand`, { body });
  }

  hosts(): Promise<ArrayHost[]> {
    return this.rest.system('GET', 'hosts');
  }

  createHost(name: string, hostType: HostType, ports: readonly object[]): Promise<ArrayHost> {
    return this.rest.system('POST', 'hosts', { body: { name, hostType, groupId: null, ports } });
  }

  updateHost(ref: string, changes: object): Promise<ArrayHost> {
    return this.rest.system('POST', `hosts/${at(ref)}`, { body: changes });
  }

  hostGroups(): Promise<HostGroup[]> {
    return this.rest.system('GET', 'host-groups');
  }

  findHostGroup(ref: string): Promise<HostGroup | undefined> {
    return found(this.rest.system<HostGroup>('GET', `host-groups/${at(ref)}`));
  }

  createHostGroup(name: string): Promise<HostGroup> {
    return this.rest.system('POST', 'host-groups', { body: { name } });
  }

  mappings(): Promise<Mapping[]> {
    return this.rest.system('GET', 'volume-mappings');
  }

  createMapping(volumeRef: string, targetRef: string, lun: number): Promise<Mapping> {
    const body = { mappableObjectId: volumeRef, targetId: targetRef, lun };
    return this.rest.system('POST', 'volume-mappings', { body });
  }

  deleteMapping(ref: string): Promise<void> {
    return this.rest.system('DELETE', `volume-mappings/${at(ref)}`);
  }

  /** Moves a mapping to another host or host group. */
  async moveMapping(mapping: Mapping, mapRef: string, lun: number): Promise<Mapping> {
    const body = { lunMappingRef: mapping.lunMappingRef, lun, mapRef };
    const answer = await this.rest.system<unknown>('POST', 'symbol/moveLUNMapping', { body });
    if (answer !== 'ok')
      throw new NetAppDriverException(`The LUN mapping could not be moved: the array answered ${String(answer)}.`);
    return { ...mapping, mapRef, lun };
  }

  snapshotGroups(): Promise<SnapshotGroup[]> {
    return this.rest.system('GET', 'snapshot-groups');
  }

  snapshotGroup(id: string): Promise<SnapshotGroup> {
    return this.rest.system('GET', `snapshot-groups/${at(id)}`);
  }

  createSnapshotGroup(volumeRef: string, name: string): Promise<SnapshotGroup> {
    return this.rest.system('POST', 'snapshot-groups', {
      body: {
        baseMappableObjectId: volumeRef,
        name,
        storagePoolId: null,
        repositoryPercentage: repositoryPercent,
        warningThreshold: 99,
        autoDeleteLimit: 0,
        fullPolicy: 'failbasewrites',
      },
    });
  }

  renameSnapshotGroup(id: string, name: string): Promise<unknown> {
    return this.rest.system('POST', `snapshot-groups/${at(id)}`, { body: { name } });
  }

  deleteSnapshotGroup(id: string): Promise<void> {
    return this.rest.system('DELETE', `snapshot-groups/${at(id)}`);
  }

  snapshotImages(): Promise<SnapshotImage[]> {
    return this.rest.system('GET', 'snapshot-images');
  }

  findSnapshotImage(id: string): Promise<SnapshotImage | undefined> {
    return found(this.rest.system<SnapshotImage>('GET', `snapshot-images/${at(id)}`));
  }

  createSnapshotImage(groupId: string): Promise<SnapshotImage> {
    return this.rest.system('POST', 'snapshot-images', { body: { groupId } });
  }

  deleteSnapshotImage(id: string): Promise<void> {
    return this.rest.system('DELETE', `snapshot-images/${at(id)}`);
  }

  createView(image: SnapshotImage, name: string): Promise<SnapshotView> {
    return this.rest.system('POST', 'snapshot-volumes', {
      body: {
        snapshotImageId: image.pitRef,
        fullThreshold: 99,
        storagePoolId: null,
        name,
        viewMode: 'readOnly',
        repositoryPercentage: 99,
        baseMappableObjectId: image.baseVol,
        repositoryPoolId: null,
      },
    });
  }

  deleteView(id: string): Promise<void> {
    return this.rest.system('DELETE', `snapshot-volumes/${at(id)}`);
  }

  views(): Promise<SnapshotView[]> {
    return this.rest.system('GET', 'snapshot-volumes');
  }

  /** Brings base volumes back to the given images. */
  startRollback(imageRefs: readonly string[]): Promise<unknown> {
    return this.rest.system('POST', 'symbol/startPITRollback', { body: { pitRef: imageRefs } });
  }

  createCopy(sourceId: string, targetId: string): Promise<CopyJob> {
    return this.rest.system('POST', 'volume-copy-jobs', {
      body: { sourceId, targetId, copyPriority: 'priority4', targetWriteProtected: 'true' },
    });
  }

  copy(ref: string): Promise<CopyJob> {
    return this.rest.system('GET', `volume-copy-jobs/${at(ref)}`);
  }

  copies(): Promise<CopyJob[]> {
    return this.rest.system('GET', 'volume-copy-jobs');
  }

  deleteCopy(ref: string): Promise<void> {
    return this.rest.system('DELETE', `volume-copy-jobs/${at(ref)}`);
  }

  groups(): Promise<ArrayGroup[]> {
    return this.rest.system('GET', 'consistency-groups');
  }

  createGroup(name: string): Promise<ArrayGroup> {
    return this.rest.system('POST', 'consistency-groups', {
      body: {
        name,
        fullWarnThresholdPercent: 75,
        repositoryFullPolicy: 'failbasewrites',
        autoDeleteThreshold: 0,
        rollbackPriority: 'medium',
      },
    });
  }

  deleteGroup(id: string): Promise<void> {
    return this.rest.system('DELETE', `consistency-groups/${at(id)}`);
  }

  groupMembers(id: string): Promise<{ readonly volumeId: string }[]> {
    return this.rest.system('GET', `consistency-groups/${at(id)}/member-volumes`);
  }

  addGroupMember(id: string, volumeId: string): Promise<unknown> {
    return this.rest.system('POST', `consistency-groups/${at(id)}/member-volumes`, {
      body: { volumeId, repositoryPercent },
    });
  }

  removeGroupMember(id: string, volumeId: string): Promise<void> {
    return this.rest.system('DELETE', `consistency-groups/${at(id)}/member-volumes/${at(volumeId)}`);
  }

  createGroupSnapshot(id: string): Promise<SnapshotImage[]> {
    return this.rest.system('POST', `consistency-groups/${at(id)}/snapshots`);
  }

  groupImages(id: string): Promise<SnapshotImage[]> {
    return this.rest.system('GET', `consistency-groups/${at(id)}/snapshots`);
  }

  deleteGroupSnapshot(id: string, sequence: string): Promise<void> {
    return this.rest.system('DELETE', `consistency-groups/${at(id)}/snapshots/${at(sequence)}`);
  }

  createGroupView(id: string, name: string, imageId: string): Promise<GroupView> {
    const body = { name, accessMode: 'readOnly', pitId: imageId };
    return this.rest.system('POST', `consistency-groups/${at(id)}/views/`, { body });
  }

  groupViewMembers(id: string, viewRef: string): Promise<SnapshotView[]> {
    return this.rest.system('GET', `consistency-groups/${at(id)}/views/${at(viewRef)}/views`);
  }

  deleteGroupView(id: string, viewRef: string): Promise<void> {
    return this.rest.system('DELETE', `consistency-groups/${at(id)}/views/${at(viewRef)}`);
  }

  groupViews(id: string): Promise<(GroupView & { readonly label: string })[]> {
    return this.rest.system('GET', `consistency-groups/${at(id)}/views`);
  }

  mirrorGroups(): Promise<MirrorGroup[]> {
    return this.rest.system('GET', 'async-mirrors');
  }

  createMirrorGroup(name: string, secondaryArrayId: string, syncIntervalMinutes: number): Promise<MirrorGroup> {
    const body = { name, secondaryArrayId, syncIntervalMinutes, interfaceType: 'iscsi' };
    return this.rest.system('POST', 'async-mirrors', { body });
  }

  mirrorPairs(): Promise<MirrorPair[]> {
    return this.rest.system('GET', 'async-mirrors/pairs');
  }

  createMirrorPair(groupId: string, pair: object): Promise<MirrorPair> {
    return this.rest.system('POST', `async-mirrors/${at(groupId)}/pairs`, { body: pair });
  }

  deleteMirrorPair(groupId: string, id: string): Promise<void> {
    return this.rest.system('DELETE', `async-mirrors/${at(groupId)}/pairs/${at(id)}`);
  }

  /** A record's text; undefined when there is no such record. */
  async record(key: string): Promise<string | undefined> {
    const record = await found(
      this.rest.system<{ readonly value: string | null } | null>('GET', `persistent-records/${at(key)}`),
    );
    return record?.value ?? undefined;
  }

  setRecord(key: string, value: string): Promise<unknown> {
    return this.rest.system('POST', 'persistent-records/', { body: { key, value } });
  }

  /** Turns CHAP on for the array's target. */
  setTargetChap(iqn: string, alias: string, chapSecret: string): Promise<unknown> {
    return this.rest.system('POST', 'iscsi/target-settings/', {
      body: { iqn, enableChapAuthentication: true, alias, authMethod: 'chap', chapSecret },
    });
  }
}

/** What an object is, or undefined when the array has no such object. */
async function found<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
