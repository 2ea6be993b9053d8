import type { Patience } from '../runtime/patience.js';
import { backendSection } from './cinder-conf.js';
import { writeConfigurationFile } from './configuration-file.js';
import { excerpt } from './excerpt.js';
import { ProcessGroup } from './process-group.js';
import { type Program, startProgram } from './program.js';
import { ProgramActivity } from './program-activity.js';
import { ProgramTime } from './program-time.js';
import type { InitializeResult } from './protocol.js';
import { Session } from './session.js';
import { type SubjectEnvironment, SubjectError } from './subject.js';
import { answerSuiteRequest } from './suite-requests.js';

/** A program that was started as a subject, and the session with it. */
export interface RunningProgram {
  readonly session: Session;
  readonly program: Program;
  /** From now on it is of a driver with this environment; with none it waits for its next driver. */
  serve(environment: SubjectEnvironment | undefined): void;
  /** What the program said of itself decides how time passes for it. */
  declared(about: InitializeResult): void;
  /** Ends the program, whatever it does. */
  end(): Promise<void>;
  /** An error with what the program said on standard error. */
  explained(error: unknown): unknown;
}

/** A driver in the program: what is seen of it, and its time. */
interface Serving {
  readonly environment: SubjectEnvironment;
  readonly activity: ProgramActivity;
  readonly time: ProgramTime | undefined;
  stop(): void;
}

/** How long a program is taken to wait for the array's answers that says nothing of it, in seconds. */
const assumedHttpTimeout = 300;

/** Starts a program with a cinder.conf of its own. */
export function runProgram(
  words: readonly string[],
  environment: SubjectEnvironment,
  patience: Patience | undefined,
): RunningProgram {
  const file = writeConfigurationFile(environment.configuration);
  const argv = words.map((word) => word.replaceAll('{config}', file.path).replaceAll('{backend}', backendSection));
  let serving: Serving | undefined;
  const write = (line: string) => {
    serving?.activity.changed();
    program.write(line);
  };
  const session = new Session(write, patience, {
    serve(request) {
      if (serving !== undefined) serving.activity.signs++;
      return answerSuiteRequest(serving?.environment.runtime, request, (milliseconds, call) =>
        serving?.time === undefined ? Promise.resolve() : serving.time.sleep(milliseconds, call),
      );
    },
    signs: () => serving?.activity.signs ?? 0,
    asked(id) {
      serving?.activity.calls.add(id);
      serving?.time?.began();
    },
    answered(id) {
      serving?.activity.calls.delete(id);
      serving?.activity.changed();
    },
  });
  const program = startProgram(
    argv,
    { SUBJECT_CONFIG: file.path, SUBJECT_BACKEND: backendSection },
    {
      line(text) {
        serving?.activity.changed();
        session.receive(text);
      },
      ended: (why) => session.fail(why, { remedy: `Try the program by hand: ${excerpt(words.join(' '))}` }),
      log: (text) => serving?.environment.runtime?.log('debug', text),
    },
  );
  return {
    session,
    program,
    serve(next) {
      serving?.stop();
      serving = next === undefined ? undefined : servingOf(next, program.pid);
      if (next !== undefined) file.rewrite(next.configuration);
      program.keepAlive(next !== undefined);
    },
    declared({ uses = [], http_timeout: httpTimeout }) {
      if (serving === undefined) return;
      const measuresItself = uses.includes('sleep') && uses.includes('now');
      if (serving.time !== undefined) serving.time.tellsOfWaits = uses.includes('sleep');
      const seconds = httpTimeout ?? (measuresItself ? 0 : assumedHttpTimeout);
      serving.activity.httpTimeoutMs = seconds === 0 ? undefined : seconds * 1000;
    },
    async end() {
      serving?.stop();
      await program.kill();
      file.remove();
    },
    explained: (error) => explained(error, program.stderrTail()),
  };
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

function explained(error: unknown, tail: string): unknown {
  if (!(error instanceof SubjectError) || tail === '' || error.message.includes(tail)) return error;
  return new SubjectError(`${error.message}\nIts standard error ends with:\n${tail}`, {
    ...error.evidence,
    cause: error,
  });
}
