import { isInDoubt, made } from '../cleanup/undo.js';
import { ConsistencyGroupNotFound } from '../errors.js';
import { labelOf } from '../labels.js';
import type { ArrayClient } from '../transport/array-client.js';
import type { ArrayGroup, ArrayVolume } from '../transport/array-types.js';

/** The array's consistency groups, named by the encoded ids of Cinder's groups, and who is in them. */
export class ArrayGroups {
  constructor(private readonly client: ArrayClient) {}

  async find(groupId: string): Promise<ArrayGroup | undefined> {
    const label = labelOf(groupId);
    return (await this.client.groups()).find((group) => group.label === label);
  }

  /** Throws ConsistencyGroupNotFound when there is none. */
  async require(groupId: string): Promise<ArrayGroup> {
    const group = await this.find(groupId);
    if (group === undefined) throw new ConsistencyGroupNotFound({ consistencygroup_id: groupId });
    return group;
  }

  create(groupId: string): Promise<ArrayGroup> {
    return made(
      () => this.client.createGroup(labelOf(groupId)),
      () => this.find(groupId),
      isInDoubt,
    );
  }

  async join(group: ArrayGroup, volume: ArrayVolume): Promise<void> {
    await made<unknown>(
      () => this.client.addGroupMember(group.id, volume.volumeRef),
      async () => (await this.client.groupMembers(group.id)).find((each) => each.volumeId === volume.volumeRef),
    );
  }
}
