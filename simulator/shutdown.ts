/** Ends the parts of a simulator one after the other, and knows which one it waits for. */
export class Shutdown {
  /** What has not ended yet; undefined before and after. */
  waitsFor: string | undefined;

  /** Waits for a part to end. Rejects as `end` does. */
  async of(part: string, end: Promise<void> | undefined): Promise<void> {
    this.waitsFor = part;
    await end;
    this.waitsFor = undefined;
  }
}
