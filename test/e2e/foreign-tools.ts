import { type Ended, runChild, runChildInPlace } from '../child-process.js';

/** Which of the tools are not on this machine; says so, as the reader of the output must know what was not tried. */
export function missing(...tools: readonly string[]): readonly string[] {
  const absent = tools.filter((tool) => runChildInPlace('which', [tool]).code !== 0);
  if (absent.length > 0)
    process.stderr.write(
      `SKIPPED: ${absent.join(', ')} not installed (Debian: libiscsi-bin, qemu-utils, qemu-block-extra)\n`,
    );
  return absent;
}

/** Runs a tool to its end. Throws when it takes longer than the limit. */
export function run(tool: string, args: readonly string[], limitSeconds = 100): Promise<Ended> {
  return runChild(tool, args, { limitSeconds });
}
