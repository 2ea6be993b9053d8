import { parseArgsStringToArgv } from 'string-argv';
import { Check } from 'typebox/value';
import type { Patience } from '../probe/patience.js';
import { backendSection } from './cinder-conf.js';
import { writeConfigurationFile } from './configuration-file.js';
import { excerpt, shown } from './excerpt.js';
import { withIdentities } from './identities.js';
import { type Program, startProgram } from './program.js';
import { errorCodes, type InitializeResult, initializeResult, type SubjectAnswer } from './protocol.js';
import { raisedException } from './raised-exception.js';
import { Session } from './session.js';
import {
  type Answer,
  type Arguments,
  type Subject,
  type SubjectEnvironment,
  SubjectError,
  type SubjectFactory,
} from './subject.js';
import { answerSuiteRequest, offeredMethods } from './suite-requests.js';

export interface StdioOptions {
  /** How long to wait for an answer, and for the program's end; without it as long as the program lives. */
  readonly patience?: Patience;
}

/**
 * A driver in a program of its own that speaks the protocol of PROTOCOL.md. The command line is split at blanks outside
 * quotes and run without a shell; in it `{config}` is the path of a cinder.conf with the configuration, and `{backend}`
 * the name of its section. The program also finds them in the environment, as SUBJECT_CONFIG and SUBJECT_BACKEND.
 */
export function stdioSubject(commandLine: string | readonly string[], options: StdioOptions = {}): SubjectFactory {
  const words = typeof commandLine === 'string' ? parseArgsStringToArgv(commandLine) : commandLine;
  return async (environment) => {
    if (!words[0]) throw new SubjectError('The command line of the subject is empty.');
    const running = run(words, environment, options.patience);
    try {
      return subjectOf(running, await initialized(running.session, environment), options.patience);
    } catch (error) {
      await running.end();
      throw running.explained(error);
    }
  };
}

interface Running {
  readonly session: Session;
  readonly program: Program;
  /** Ends the program, whatever it does. */
  end(): Promise<void>;
  /** An error with what the program said on standard error. */
  explained(error: unknown): unknown;
}

function run(words: readonly string[], environment: SubjectEnvironment, patience: Patience | undefined): Running {
  const file = writeConfigurationFile(environment.configuration);
  const argv = words.map((word) => word.replaceAll('{config}', file.path).replaceAll('{backend}', backendSection));
  const session = new Session(
    (line) => program.write(line),
    patience,
    environment.runtime === undefined ? undefined : (request) => answerSuiteRequest(environment.runtime, request),
  );
  const program = startProgram(
    argv,
    { SUBJECT_CONFIG: file.path, SUBJECT_BACKEND: backendSection },
    {
      line: (text) => session.receive(text),
      ended: (why) => session.fail(why, { remedy: `Try the program by hand: ${excerpt(words.join(' '))}` }),
      log: (text) => environment.runtime?.log('debug', text),
    },
  );
  return {
    session,
    program,
    async end() {
      await program.kill();
      file.remove();
    },
    explained(error) {
      const tail = program.stderrTail();
      if (!(error instanceof SubjectError) || tail === '' || error.message.includes(tail)) return error;
      return new SubjectError(`${error.message}\nIts standard error ends with:\n${tail}`, {
        ...error.evidence,
        cause: error,
      });
    },
  };
}

async function initialized(
  session: Session,
  { configuration, runtime }: SubjectEnvironment,
): Promise<InitializeResult> {
  const requests = offeredMethods(runtime);
  const answer = await session.request('initialize', {
    configuration,
    ...(requests.length === 0 ? {} : { suite: { requests } }),
  });
  const expected = '{"name": "…", "version": "…", "methods": ["do_setup", …], "constants": {…}}';
  const received = 'error' in answer ? shown(answer.error) : shown(answer.result);
  if ('error' in answer)
    throw new SubjectError(`initialize was refused: ${answer.error.message}`, {
      sent: 'initialize {"configuration": {…}}',
      received,
      expected,
      remedy: 'Take the configuration, make the driver, and say who it is; leave the array alone until do_setup.',
    });
  if (!Check(initializeResult, answer.result))
    throw new SubjectError(`initialize was answered with what does not say who the driver is: ${received}`, {
      sent: 'initialize {"configuration": {…}}',
      received,
      expected,
      remedy: 'Answer with a name, and the documented names of the methods that the driver has.',
    });
  return answer.result;
}

function subjectOf(running: Running, about: InitializeResult, patience: Patience | undefined): Subject {
  const { session } = running;
  let closed: Promise<void> | undefined;
  return {
    name: about.version === undefined ? about.name : `${about.name} ${about.version}`,
    ...(about.constants === undefined ? {} : { constants: about.constants }),
    methods: new Set(about.methods),
    async call(method, args) {
      try {
        return answerOf(method, args, await session.request('call', { method, args }));
      } catch (error) {
        throw running.explained(error);
      }
    },
    close() {
      closed ??= close(running, patience);
      return closed;
    },
  };
}

function answerOf(method: string, args: Arguments, answer: SubjectAnswer): Answer {
  if (!('error' in answer)) {
    const { result, identities } = answer;
    return { returned: (identities === undefined ? result : withIdentities(result, args, identities)) ?? null };
  }
  const { error } = answer;
  if (error.code === errorCodes.exception && 'data' in error) return { raised: raisedException(error.data, method) };
  throw new SubjectError(`${method} was refused with ${error.code}: ${error.message}`, {
    sent: `call ${shown({ method, args })}`,
    received: shown(error),
    expected: 'what the method returns, or the exception that it raises, with code -32000',
    remedy: 'Answer with code -32000 and data {"class", "parents", "message"} whatever the driver raises.',
  });
}

/** A session that is broken was told of where it broke: then the program is ended without a word. */
async function close({ session, program, end, explained }: Running, patience: Patience | undefined): Promise<void> {
  try {
    if (session.isBroken) return;
    const answer = await session.request('close', {});
    const ended = await program.end(patience);
    if ('error' in answer)
      throw new SubjectError(`close was refused: ${answer.error.message}`, {
        sent: 'close {}',
        received: shown(answer.error),
        expected: 'null',
        remedy: 'Let go of the array and answer null.',
      });
    if (!ended)
      throw new SubjectError('The program goes on after its standard input ended.', {
        sent: 'the end of standard input, after close',
        expected: 'the end of the program',
        remedy: 'End when there is nothing more to read.',
      });
  } catch (error) {
    throw explained(error);
  } finally {
    await end();
  }
}
