import { loadContents, type SavedContents, saveContents } from '../blocks/saved-contents.js';
import { type BlockRoot, Epochs } from '../blocks/tree.js';
import { readRoot, VolumeContent } from '../blocks/volume-content.js';
import type { UndoLog } from './undo-log.js';

export type { SavedContents };

/** The bytes behind the volumes, views and images, by reference. What was never written has no entry. */
export class Contents {
  private readonly epochs = new Epochs();
  private readonly volumes = new Map<string, VolumeContent>();
  private readonly images = new Map<string, BlockRoot>();
  private saved: SavedContents | undefined;
  private savedAt = -1;

  constructor(private readonly undo: UndoLog) {}

  /** The content of a volume or read-write view, made empty when there is none yet. */
  of(ref: string, capacityBytes: number): VolumeContent {
    return this.volumes.get(ref) ?? this.add(ref, capacityBytes);
  }

  /** The content if anything was ever written. */
  find(ref: string): VolumeContent | undefined {
    return this.volumes.get(ref);
  }

  image(imageRef: string): BlockRoot | undefined {
    return this.images.get(imageRef);
  }

  /** Freezes a volume's content as that of a new image; returns the epoch that the image froze. */
  freeze(volumeRef: string, capacityBytes: number, imageRef: string): number {
    const root = this.frozen(volumeRef, capacityBytes);
    this.undo.note(() => this.images.delete(imageRef));
    this.images.set(imageRef, root);
    return root.epoch;
  }

  /** The content as it is now, kept: for copies. */
  frozen(ref: string, capacityBytes: number): BlockRoot {
    const content = this.of(ref, capacityBytes);
    this.noteRevert(content);
    return content.snapshot();
  }

  /** Makes a volume's content that of a root: rollback, copy, clone. */
  replace(ref: string, capacityBytes: number, root: BlockRoot): void {
    const content = this.of(ref, capacityBytes);
    this.noteRevert(content);
    content.restore(root);
  }

  /** Makes the beginning of a volume's content that of a root; copies share it, they don't duplicate it. */
  copy(root: BlockRoot | undefined, ref: string, capacityBytes: number): void {
    this.replace(ref, capacityBytes, root ?? { node: undefined, clusters: 0, epoch: 0 });
  }

  /** A new content that begins as an image is. */
  clone(imageRef: string, ref: string, capacityBytes: number): VolumeContent {
    return this.add(ref, capacityBytes, this.images.get(imageRef));
  }

  readImage(imageRef: string, capacityBytes: number, offset: number, length: number): Buffer {
    return readRoot(this.images.get(imageRef), capacityBytes, offset, length);
  }

  resize(ref: string, capacityBytes: number): void {
    const content = this.volumes.get(ref);
    if (content === undefined) return;
    const before = content.capacityBytes;
    this.undo.note(() => content.resize(before));
    content.resize(capacityBytes);
  }

  drop(ref: string): void {
    const content = this.volumes.get(ref);
    if (content === undefined) return;
    this.undo.note(() => this.volumes.set(ref, content));
    this.volumes.delete(ref);
  }

  dropImage(imageRef: string): void {
    const root = this.images.get(imageRef);
    if (root === undefined) return;
    this.undo.note(() => this.images.set(imageRef, root));
    this.images.delete(imageRef);
  }

  /** The contents as plain data; the same object as long as nothing is written. */
  save(): SavedContents {
    if (this.saved === undefined || this.savedAt !== this.undo.changes) {
      this.saved = saveContents(sorted(this.volumes), sorted(this.images), this.epochs);
      this.savedAt = this.undo.changes;
    }
    return this.saved;
  }

  load(saved: SavedContents): void {
    const { volumes, images } = loadContents(saved, this.epochs);
    this.saved = undefined;
    this.volumes.clear();
    this.images.clear();
    for (const [ref, content] of volumes) this.volumes.set(ref, content);
    for (const [ref, root] of images) this.images.set(ref, root);
  }

  private add(ref: string, capacityBytes: number, root?: BlockRoot): VolumeContent {
    const { upcoming } = this.epochs;
    this.undo.note(() => {
      this.volumes.delete(ref);
      this.epochs.set(upcoming);
    });
    const content = new VolumeContent(capacityBytes, this.epochs, root);
    this.volumes.set(ref, content);
    return content;
  }

  /** A failed operation gives back the content as it was, and the epochs that it took. */
  private noteRevert(content: VolumeContent): void {
    const before = content.present();
    const { upcoming } = this.epochs;
    this.undo.note(() => {
      content.revert(before);
      this.epochs.set(upcoming);
    });
  }
}

function sorted<T>(map: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
