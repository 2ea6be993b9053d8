import { execFile, spawnSync } from 'node:child_process';

/** A program that nobody here wrote, as it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Which of the tools are not on this machine; says so, as whoever reads the output must know what was not tried. */
export function missing(...tools: readonly string[]): readonly string[] {
  const absent = tools.filter((tool) => spawnSync('which', [tool]).status !== 0);
  if (absent.length > 0)
    process.stderr.write(
      `SKIPPED: ${absent.join(', ')} not installed (Debian: libiscsi-bin, qemu-utils, qemu-block-extra)\n`,
    );
  return absent;
}

/** Runs a tool to its end, or until it has taken too long. */
export function run(tool: string, args: readonly string[], limitSeconds = 60): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      tool,
      args,
      { timeout: limitSeconds * 1000, killSignal: 'SIGKILL', maxBuffer: 2 ** 26, encoding: 'utf8' },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}
