import { type Patience, Timeout, within } from '../runtime/patience.js';
import { keptAlive } from '../runtime/wall-clock.js';
import { messageOf, shown } from './excerpt.js';
import { raisedException } from './raised-exception.js';
import { type Answer, type Arguments, type Subject, SubjectError, type SubjectFactory } from './subject.js';

const shape = `export async function createSubject({ configuration, runtime }) {
  return { name: '…', methods: new Set(['do_setup', …]), async call(method, args) { … }, async close() { … } };
}`;

/**
 * A driver in this process: a module that exports `createSubject(environment)`, which gives a Subject. The module is
 * imported when the driver is started. Rejects with SubjectError when it cannot be imported or is of another shape, or
 * when the patience ends before it has started.
 */
export function moduleSubject(url: string, patience?: Patience): SubjectFactory {
  return async (environment) => {
    const createSubject = await inTime(`${url} is not imported`, patience, () => creatorOf(url));
    let subject: unknown;
    try {
      subject = await inTime(`createSubject of ${url} does not end`, patience, () => createSubject(environment));
    } catch (error) {
      if (error instanceof SubjectError) throw error;
      throw new SubjectError(`createSubject of ${url} failed: ${messageOf(error)}`, { cause: error });
    }
    return checked(url, subject, patience);
  };
}

/** What a promise of the module comes to; a SubjectError that says what does not happen when the patience ends first. */
async function inTime<Value>(
  what: string,
  patience: Patience | undefined,
  begin: () => Value,
): Promise<Awaited<Value>> {
  try {
    return await keptAlive(within(Promise.resolve(begin()), patience?.(), what));
  } catch (error) {
    if (!(error instanceof Timeout)) throw error;
    throw new SubjectError(`${what} in the time that it has`, {
      received: 'nothing',
      expected: 'a promise that is settled',
      remedy: 'Settle every promise, also when the array does not answer; --patience sets how long is waited.',
    });
  }
}

async function creatorOf(url: string): Promise<(environment: unknown) => unknown> {
  let module: { readonly createSubject?: unknown };
  try {
    module = (await import(url)) as typeof module;
  } catch (error) {
    throw new SubjectError(`${url} cannot be imported: ${messageOf(error)}`, { cause: error });
  }
  if (typeof module.createSubject === 'function') return module.createSubject as (environment: unknown) => unknown;
  throw new SubjectError(`${url} exports no function createSubject`, {
    received: `exports: ${Object.keys(module).join(', ') || 'none'}`,
    expected: shape,
    remedy: 'Export createSubject from the module.',
  });
}

function checked(url: string, value: unknown, patience: Patience | undefined): Subject {
  const given = (value ?? {}) as { readonly [Member in keyof Subject]?: unknown };
  const methods = given.methods;
  const faults = [
    ...(typeof given.name === 'string' && given.name !== '' ? [] : ['name is no text']),
    ...(methods instanceof Set || Array.isArray(methods) ? [] : ['methods is no Set of names']),
    ...(typeof given.call === 'function' ? [] : ['call is no function']),
    ...(typeof given.close === 'function' ? [] : ['close is no function']),
  ];
  if (faults.length > 0)
    throw new SubjectError(`What createSubject of ${url} gives is no subject: ${faults.join('; ')}`, {
      received: `members: ${Object.keys(given).join(', ') || 'none'}`,
      expected: shape,
      remedy: 'Give an object with these members.',
    });
  const subject = given as Subject;
  return {
    name: subject.name,
    ...(subject.constants === undefined ? {} : { constants: subject.constants }),
    methods: new Set(subject.methods),
    call: (method, args) => called(subject, method, args, patience),
    async close() {
      try {
        await inTime('close does not end', patience, () => subject.close());
      } catch (error) {
        if (error instanceof SubjectError) throw error;
        throw new SubjectError(`close failed: ${messageOf(error)}`, { cause: error });
      }
    },
  };
}

async function called(
  subject: Subject,
  method: string,
  args: Arguments,
  patience: Patience | undefined,
): Promise<Answer> {
  let answer: unknown;
  try {
    answer = await inTime(`${method} does not end`, patience, () => subject.call(method, args));
  } catch (error) {
    if (error instanceof SubjectError) throw error;
    throw new SubjectError(`${method} threw what is no exception of Cinder's: ${messageOf(error)}`, { cause: error });
  }
  if (typeof answer === 'object' && answer !== null) {
    if ('raised' in answer) return { raised: raisedException(answer.raised, method) };
    if ('returned' in answer) return { returned: answer.returned ?? null };
  }
  throw new SubjectError(`${method} came to what is no answer: ${shown(answer)}`, {
    received: shown(answer),
    expected: '{ returned: value } or { raised: { class, parents, message } }',
    remedy: 'Let call resolve to what the method returned, or to the exception that it raised.',
  });
}
