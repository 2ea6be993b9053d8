import type { BlockTrees } from '../blocks/block-trees.js';
import { loadContents, type SavedContents, saveContents } from '../blocks/saved-contents.js';
import { type BlockRoot, Epochs } from '../blocks/tree.js';
import { readRoot, VolumeContent } from '../blocks/volume-content.js';
import type { ContentChange, ContentJournal, NotedChange } from './content-changes.js';
import type { UndoLog } from './undo-log.js';

export type { SavedContents };

/** The bytes behind the volumes, views and images, by reference. What was never written has no entry. */
export class Contents {
  /** Told of every change; undefined when contents are kept in memory only. */
  journal: ContentJournal | undefined;
  private readonly epochs = new Epochs();
  private readonly volumes = new Map<string, VolumeContent>();
  private readonly images = new Map<string, BlockRoot>();
  /** What the operation that is going on changed so far. */
  private readonly pending: NotedChange[] = [];
  private saved: SavedContents | undefined;
  private savedAt = -1;

  constructor(private readonly undo: UndoLog) {}

  /** The content of a volume or read-write view, made empty when there is none yet. */
  of(ref: string, capacityBytes: number): VolumeContent {
    return this.volumes.get(ref) ?? this.add(ref, capacityBytes, null);
  }

  /** The content if anything was ever written. */
  find(ref: string): VolumeContent | undefined {
    return this.volumes.get(ref);
  }

  image(imageRef: string): BlockRoot | undefined {
    return this.images.get(imageRef);
  }

  /** Freezes a volume's content as that of a new image; returns the epoch that the image froze. */
  freeze(ref: string, capacityBytes: number, imageRef: string): number {
    const root = this.frozen(ref, capacityBytes);
    this.undo.note(() => this.images.delete(imageRef));
    this.images.set(imageRef, root);
    this.note({ op: 'freeze', ref, capacityBytes, imageRef });
    return root.epoch;
  }

  /** Makes a volume's content that of an image (rollback, copy), or empty without one. They share it, nothing is copied. */
  replace(ref: string, capacityBytes: number, imageRef: string | null): void {
    const root = imageRef === null ? undefined : this.images.get(imageRef);
    this.become(ref, capacityBytes, root ?? { node: undefined, clusters: 0, epoch: 0 });
    this.note({ op: 'replace', ref, capacityBytes, imageRef });
  }

  /** Makes a volume's content what another volume or view holds now; they share it as well. */
  copy(source: { readonly ref: string; readonly capacityBytes: number }, ref: string, capacityBytes: number): void {
    // Made before anything is frozen: a journal is told of it first, and redone in that order the epochs are the same.
    this.of(ref, capacityBytes);
    this.become(ref, capacityBytes, this.frozen(source.ref, source.capacityBytes));
    this.note({ op: 'copy', source: { ref: source.ref, capacityBytes: source.capacityBytes }, ref, capacityBytes });
  }

  /** A new content that begins as an image is. */
  clone(imageRef: string, ref: string, capacityBytes: number): VolumeContent {
    return this.add(ref, capacityBytes, imageRef);
  }

  readImage(imageRef: string, capacityBytes: number, offset: number, length: number): Buffer {
    return readRoot(this.images.get(imageRef), capacityBytes, offset, length);
  }

  /** A host wrote, or unmapped when there is no data. */
  wrote(ref: string, offset: number, length: number, data: Uint8Array | undefined): void {
    if (this.journal === undefined || length === 0) return;
    if (data === undefined) this.note({ op: 'unmap', ref, offset, length });
    else this.note({ op: 'write', ref, offset }, data);
  }

  /** Writes what no host wrote. */
  fill(ref: string, capacityBytes: number, offset: number, data: Uint8Array): void {
    this.of(ref, capacityBytes).write(offset, data);
    this.note({ op: 'fill', ref, offset }, data);
  }

  resize(ref: string, capacityBytes: number): void {
    const content = this.volumes.get(ref);
    if (content === undefined) return;
    const before = content.capacityBytes;
    this.undo.note(() => content.resize(before));
    content.resize(capacityBytes);
    this.note({ op: 'resize', ref, capacityBytes });
  }

  drop(ref: string): void {
    const content = this.volumes.get(ref);
    if (content === undefined) return;
    this.undo.note(() => this.volumes.set(ref, content));
    this.volumes.delete(ref);
    this.note({ op: 'drop', ref });
  }

  dropImage(imageRef: string): void {
    const root = this.images.get(imageRef);
    if (root === undefined) return;
    this.undo.note(() => this.images.set(imageRef, root));
    this.images.delete(imageRef);
    this.note({ op: 'dropImage', imageRef });
  }

  /** The operation is whole: the journal learns what it changed. */
  committed(): void {
    if (this.pending.length === 0) return;
    this.journal?.changed(this.pending);
    this.pending.length = 0;
  }

  /** Does a change again that a journal was told of, and nothing that an operation does besides. */
  redo(change: ContentChange, data: Uint8Array): void {
    switch (change.op) {
      case 'write':
      case 'fill':
        this.present(change.ref).write(change.offset, data);
        break;
      case 'unmap':
        this.present(change.ref).unmap(change.offset, change.length);
        break;
      case 'add':
        this.add(change.ref, change.capacityBytes, change.imageRef);
        break;
      case 'freeze':
        this.freeze(change.ref, change.capacityBytes, change.imageRef);
        break;
      case 'replace':
        this.replace(change.ref, change.capacityBytes, change.imageRef);
        break;
      case 'copy':
        this.copy(change.source, change.ref, change.capacityBytes);
        break;
      case 'resize':
        this.resize(change.ref, change.capacityBytes);
        break;
      case 'drop':
        this.drop(change.ref);
        break;
      case 'dropImage':
        this.dropImage(change.imageRef);
        break;
      default:
        throw new Error(`the change '${(change as { op: string }).op}' is not known`);
    }
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
    this.take(volumes, images);
  }

  /** The contents as they lie in memory: valid until the next write. */
  trees(): BlockTrees {
    return {
      volumes: new Map(
        [...this.volumes].map(([ref, content]) => [
          ref,
          { capacityBytes: content.capacityBytes, root: content.present() },
        ]),
      ),
      images: new Map(this.images),
      nextEpoch: this.epochs.upcoming,
    };
  }

  /** Replaces all contents by others and takes ownership of them. */
  adopt({ volumes, images, nextEpoch }: BlockTrees): void {
    const contents = [...volumes].map(
      ([ref, { capacityBytes, root }]) => [ref, VolumeContent.resume(capacityBytes, this.epochs, root)] as const,
    );
    this.epochs.set(nextEpoch);
    this.take(new Map(contents), images);
  }

  private take(volumes: ReadonlyMap<string, VolumeContent>, images: ReadonlyMap<string, BlockRoot>): void {
    this.saved = undefined;
    this.volumes.clear();
    this.images.clear();
    for (const [ref, content] of volumes) this.volumes.set(ref, content);
    for (const [ref, root] of images) this.images.set(ref, root);
    this.journal?.replaced();
  }

  private note(change: ContentChange, data?: Uint8Array): void {
    if (this.journal === undefined) return;
    this.pending.push({ change, data });
    this.undo.note(() => this.pending.pop());
  }

  private present(ref: string): VolumeContent {
    const content = this.volumes.get(ref);
    if (content === undefined) throw new Error(`there is no content of ${ref}`);
    return content;
  }

  private add(ref: string, capacityBytes: number, imageRef: string | null): VolumeContent {
    const { upcoming } = this.epochs;
    this.undo.note(() => {
      this.volumes.delete(ref);
      this.epochs.set(upcoming);
    });
    const root = imageRef === null ? undefined : this.images.get(imageRef);
    const content = new VolumeContent(capacityBytes, this.epochs, root);
    this.volumes.set(ref, content);
    this.note({ op: 'add', ref, capacityBytes, imageRef });
    return content;
  }

  /** The content as it is now, kept. */
  private frozen(ref: string, capacityBytes: number): BlockRoot {
    const content = this.of(ref, capacityBytes);
    this.noteRevert(content);
    return content.snapshot();
  }

  private become(ref: string, capacityBytes: number, root: BlockRoot): void {
    const content = this.of(ref, capacityBytes);
    this.noteRevert(content);
    content.restore(root);
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
