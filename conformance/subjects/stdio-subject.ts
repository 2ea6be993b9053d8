import { parseArgsStringToArgv } from 'string-argv';
import { Check } from 'typebox/value';
import type { Patience } from '../runtime/patience.js';
import { shown } from './excerpt.js';
import { withIdentities } from './identities.js';
import { errorCodes, type InitializeResult, initializeResult, type SubjectAnswer } from './protocol.js';
import { raisedException } from './raised-exception.js';
import type { RunningProgram } from './running-program.js';
import type { Session } from './session.js';
import {
  type Answer,
  type Arguments,
  type Subject,
  type SubjectEnvironment,
  SubjectError,
  type SubjectFactory,
} from './subject.js';
import { SubjectPool } from './subject-pool.js';
import { offeredMethods } from './suite-requests.js';

export interface StdioOptions {
  /** How long to wait for an answer, and for the program's end; without it as long as the program lives. */
  readonly patience?: Patience;
}

/**
 * A driver in a program of its own that speaks the protocol of PROTOCOL.md. The command line is split at blanks outside
 * quotes and run without a shell; in it `{config}` is the path of a cinder.conf with the configuration, and `{backend}`
 * the name of its section. The program also finds them in the environment, as SUBJECT_CONFIG and SUBJECT_BACKEND. One
 * that says that it is reusable is kept for the next driver until this process ends.
 */
export function stdioSubject(commandLine: string | readonly string[], options: StdioOptions = {}): SubjectFactory {
  const words = typeof commandLine === 'string' ? parseArgsStringToArgv(commandLine) : commandLine;
  const pool = new SubjectPool(words, options.patience);
  return async (environment) => {
    if (!words[0]) throw new SubjectError('The command line of the subject is empty.');
    for (;;) {
      const { running, isKept } = pool.take(environment);
      try {
        const about = await initialized(running.session, environment);
        running.declared(about);
        return subjectOf(running, about, pool);
      } catch (error) {
        await running.end();
        // One that ended while it was kept is started anew.
        if (isKept && !running.session.timedOut) continue;
        pool.ended(running);
        throw running.explained(error);
      }
    }
  };
}

async function initialized(
  session: Session,
  { configuration, runtime }: SubjectEnvironment,
): Promise<InitializeResult> {
  const requests = offeredMethods(runtime);
  const answer = await session.request('initialize', {
    configuration,
    ...(requests.length === 0
      ? {}
      : { suite: { requests, ...(runtime?.host === undefined ? {} : { host: runtime.host }) } }),
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

function subjectOf(running: RunningProgram, about: InitializeResult, pool: SubjectPool): Subject {
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
      closed ??= close(running, about, pool);
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
async function close(running: RunningProgram, about: InitializeResult, pool: SubjectPool): Promise<void> {
  const { session, program } = running;
  let isKept = false;
  try {
    if (session.isBroken) return;
    const answer = await session.request('close', {});
    if ('error' in answer)
      throw new SubjectError(`close was refused: ${answer.error.message}`, {
        sent: 'close {}',
        received: shown(answer.error),
        expected: 'null',
        remedy: 'Let go of the array and answer null.',
      });
    isKept = about.reusable === true && pool.keep(running);
    if (isKept || (await program.end(pool.patience))) return;
    throw new SubjectError('The program goes on after its standard input ended.', {
      sent: 'the end of standard input, after close',
      expected: 'the end of the program',
      remedy: 'End when there is nothing more to read.',
    });
  } catch (error) {
    throw running.explained(error);
  } finally {
    if (!isKept) {
      pool.ended(running);
      await running.end();
    }
  }
}
