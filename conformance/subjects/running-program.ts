import type { Patience } from '../runtime/patience.js';
import { backendSection } from './cinder-conf.js';
import { type ConfigurationFile, writeConfigurationFile } from './configuration-file.js';
import { excerpt } from './excerpt.js';
import { ProcessGroup } from './process-group.js';
import { Program } from './program.js';
import { ProgramActivity } from './program-activity.js';
import { ProgramTime } from './program-time.js';
import type { InitializeResult } from './protocol.js';
import { Session } from './session.js';
import { type SubjectEnvironment, SubjectError } from './subject.js';
import { answerSuiteRequest } from './suite-requests.js';

/** A driver in the program: what is seen of it, and its time. */
interface Serving {
  readonly environment: SubjectEnvironment;
  readonly activity: ProgramActivity;
  readonly time: ProgramTime | undefined;
  stop(): void;
}

/** How long a program is taken to wait for the array's answers that says nothing of it, in seconds. */
const assumedHttpTimeout = 300;

/** A program that was started as a subject, with a cinder.conf of its own, and the session with it. */
export class RunningProgram {
  readonly session: Session;
  readonly program: Program;
  private readonly file: ConfigurationFile;
  private serving: Serving | undefined;

  /** `words`: the command line, in which `{config}` and `{backend}` stand for the configuration. */
  constructor(words: readonly string[], environment: SubjectEnvironment, patience: Patience | undefined) {
    this.file = writeConfigurationFile(environment.configuration);
    const { path } = this.file;
    const argv = words.map((word) => word.replaceAll('{config}', path).replaceAll('{backend}', backendSection));
    this.session = this.newSession(patience);
    this.program = new Program(
      argv,
      { SUBJECT_CONFIG: path, SUBJECT_BACKEND: backendSection },
      {
        line: (text) => {
          this.serving?.activity.changed();
          this.session.receive(text);
        },
        ended: (why) => this.session.fail(why, { remedy: `Try the program by hand: ${excerpt(words.join(' '))}` }),
        log: (text) => this.serving?.environment.runtime?.log('debug', text),
      },
    );
  }

  /** From now on it is of a driver with this environment; with none it waits for its next driver. */
  serve(environment: SubjectEnvironment | undefined): void {
    this.serving?.stop();
    this.serving = environment === undefined ? undefined : servingOf(environment, this.program.pid);
    if (environment !== undefined) this.file.rewrite(environment.configuration);
    this.program.keepAlive(environment !== undefined);
  }

  /** Sets how time passes for the program by what it says of itself. */
  declared({ uses = [], http_timeout: httpTimeout }: InitializeResult): void {
    if (this.serving === undefined) return;
    const { time, activity } = this.serving;
    const measuresItself = uses.includes('sleep') && uses.includes('now');
    if (time !== undefined) time.tellsOfWaits = uses.includes('sleep');
    const seconds = httpTimeout ?? (measuresItself ? 0 : assumedHttpTimeout);
    activity.httpTimeoutMs = seconds === 0 ? undefined : seconds * 1000;
  }

  /** Ends the program, whatever it does. */
  async end(): Promise<void> {
    this.serving?.stop();
    await this.program.kill();
    this.file.remove();
  }

  /** An error with what the program said on standard error. */
  explained(error: unknown): unknown {
    const tail = this.program.stderrTail();
    if (!(error instanceof SubjectError) || tail === '' || error.message.includes(tail)) return error;
    return new SubjectError(`${error.message}\nIts standard error ends with:\n${tail}`, {
      ...error.evidence,
      cause: error,
    });
  }

  private newSession(patience: Patience | undefined): Session {
    const write = (line: string) => {
      this.serving?.activity.changed();
      this.program.write(line);
    };
    return new Session(write, patience, {
      serve: (request) => {
        const { serving } = this;
        if (serving !== undefined) serving.activity.signs++;
        return answerSuiteRequest(serving?.environment.runtime, request, (milliseconds, call) =>
          this.serving?.time === undefined ? Promise.resolve() : this.serving.time.sleep(milliseconds, call),
        );
      },
      signs: () => this.serving?.activity.signs ?? 0,
      asked: (id) => {
        this.serving?.activity.calls.add(id);
        this.serving?.time?.began();
      },
      answered: (id) => {
        this.serving?.activity.calls.delete(id);
        this.serving?.activity.changed();
      },
    });
  }
}

function servingOf(environment: SubjectEnvironment, pid: number | undefined): Serving {
  const { runtime, activity = new ProgramActivity() } = environment;
  if (pid !== undefined) activity.group = new ProcessGroup(pid);
  const time = runtime === undefined ? undefined : new ProgramTime(activity, runtime, runtime.virtual);
  const release = runtime?.virtual?.beforeEachTurn(() => activity.untilIdle());
  return {
    environment,
    activity,
    time,
    stop() {
      activity.isOver = true;
      time?.end();
      release?.();
    },
  };
}
