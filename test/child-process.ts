import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** How long each wait may take. Less than a test's own limit, so that the test says what it waited for. */
  readonly limitSeconds?: number;
}

/** A process that a test started. Each wait for it has a limit. It is killed with the process of the test. */
export interface Child {
  readonly pid: number | undefined;
  readonly isRunning: boolean;
  /** Writes a line to its standard input. */
  write(line: string): void;
  endInput(): void;
  kill(signal: NodeJS.Signals): void;
  /** Calls back for each line of its standard output. */
  onLine(heard: (line: string) => void): void;
  /** The next line of its standard output that was not taken yet. Rejects when the process ends first. */
  line(what: string): Promise<string>;
  /** Its end, whatever its exit code. */
  end(what: string, limitSeconds?: number): Promise<Ended>;
  /**
   * Waits for something that the process does. Rejects, and kills the process, when it takes longer than the limit;
   * rejects also when the process ends first. The error says what was waited for, the exit code and the last output.
   */
  during<T>(what: string, awaited: Promise<T>): Promise<T>;
}

const defaultLimitSeconds = 100;
const shownCharacters = 2000;

const running = new Set<ChildProcess>();

/** The processes that were started here and still run. */
export function runningChildren(): ReadonlySet<ChildProcess> {
  return new Set(running);
}

/** Kills the processes that were started here, still run and are not to be kept. Resolves once they are gone. */
export async function endChildren(kept: ReadonlySet<ChildProcess> = new Set()): Promise<void> {
  await Promise.all(
    [...running]
      .filter((child) => !kept.has(child))
      .map(async (child) => {
        const closed = once(child, 'close');
        child.kill('SIGKILL');
        await closed;
      }),
  );
}

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a program without a shell, with pipes for its input and output. */
export function startChild(command: string, args: readonly string[], options: ChildOptions = {}): Child {
  const { env, cwd, limitSeconds = defaultLimitSeconds } = options;
  const settings: SpawnOptions = { env: env ?? process.env, ...(cwd === undefined ? {} : { cwd }), stdio: 'pipe' };
  const child = spawn(command, args, settings);
  running.add(child);
  const output = { stdout: '', stderr: '' };
  const heard: ((line: string) => void)[] = [];
  const untaken: string[] = [];
  const wanted: ((line: string) => void)[] = [];
  let ended: Ended | undefined;
  let unstartable: Error | undefined;
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk;
    });
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      for (const each of heard) each(line);
      const next = wanted.shift();
      if (next === undefined) untaken.push(line);
      else next(line);
    });
  // What is written to a process that has ended already is lost; its end says why.
  child.stdin?.on('error', () => undefined);
  const end = new Promise<Ended>((resolve) => {
    const settle = (code: number | null, signal: NodeJS.Signals | null) => {
      running.delete(child);
      ended ??= { code, signal, ...output };
      resolve(ended);
    };
    child.on('close', settle);
    child.on('error', (error) => {
      unstartable = error;
      if (child.pid === undefined) settle(null, null);
    });
  });

  const state = () => {
    if (unstartable !== undefined) return `it could not be started or signalled: ${unstartable.message}`;
    if (ended === undefined) return 'it still ran and was killed';
    return ended.signal === null ? `it ended with exit code ${ended.code}` : `it was ended by ${ended.signal}`;
  };
  const complaint = (beginning: string) =>
    new Error(
      `${beginning} of \`${[command, ...args].join(' ')}\`: ${state()}\n${describeOutput(output.stdout, output.stderr)}`,
    );
  const limited = async <T>(what: string, awaited: Promise<T>, seconds: number, endsFirst: boolean): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(complaint(`waited ${seconds} s for ${what}`));
        child.kill('SIGKILL');
      }, seconds * 1000);
    });
    const tooEarly = end.then(() => {
      throw complaint(`waited for ${what}`);
    });
    tooEarly.catch(() => undefined);
    try {
      return await Promise.race(endsFirst ? [awaited, late] : [awaited, tooEarly, late]);
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    pid: child.pid,
    get isRunning() {
      return ended === undefined;
    },
    write: (line) => void child.stdin?.write(`${line}\n`),
    endInput: () => void child.stdin?.end(),
    kill: (signal) => void child.kill(signal),
    onLine: (callback) => void heard.push(callback),
    line(what) {
      const first = untaken.shift();
      const line = first === undefined ? new Promise<string>((resolve) => wanted.push(resolve)) : first;
      return limited(what, Promise.resolve(line), limitSeconds, false);
    },
    async end(what, seconds = limitSeconds) {
      const result = await limited(what, end, seconds, true);
      if (unstartable !== undefined) throw complaint(`waited for ${what}`);
      return result;
    },
    during: (what, awaited) => limited(what, awaited, limitSeconds, false),
  };
}

/** Runs a program to its end, whatever its exit code. Throws, having killed it, when it takes longer than the limit. */
export function runChild(command: string, args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  const child = startChild(command, args, options);
  child.endInput();
  return child.end('the end');
}

/** The same, waiting in place; for what must be known before the tests are declared. */
export function runChildInPlace(command: string, args: readonly string[], limitSeconds = defaultLimitSeconds): Ended {
  const timeout = limitSeconds * 1000;
  const result = spawnSync(command, args, { timeout, killSignal: 'SIGKILL', encoding: 'utf8', maxBuffer: 2 ** 26 });
  const { error, status, signal, stdout, stderr } = result;
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT')
    throw new Error(
      `waited ${limitSeconds} s for the end of \`${[command, ...args].join(' ')}\`: it still ran and was killed\n${describeOutput(stdout, stderr)}`,
    );
  return { code: status, signal, stdout: stdout ?? '', stderr: stderr ?? '' };
}

function describeOutput(stdout: string, stderr: string): string {
  const tail = (text: string) => (text === '' ? ' is empty' : ` ends with:\n${text.slice(-shownCharacters)}`);
  return `its standard output${tail(stdout)}\nits standard error${tail(stderr)}`;
}
