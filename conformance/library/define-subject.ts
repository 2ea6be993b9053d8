import { messageOf } from '../subjects/excerpt.js';
import {
  type Arguments,
  type RaisedException,
  type Subject,
  type SubjectEnvironment,
  SubjectError,
  type SubjectFactory,
} from '../subjects/subject.js';

/** A driver of this process, as its developer describes it. */
export interface SubjectDefinition {
  /** As the report calls it. */
  readonly name: string;
  /** What the class says of itself, e.g. CI_WIKI_NAME and VERSION. */
  readonly constants?: Readonly<Record<string, unknown>>;
  /**
   * The methods that the driver has, by their documented names. Each is given its arguments by theirs, and gives what the
   * method returns (undefined for nothing, a list for a tuple). What it throws is the exception that the method raised: its
   * class and those that it is derived from are known by their names.
   */
  readonly methods: Readonly<Record<string, (args: Arguments) => unknown>>;
  close?(): void | Promise<void>;
}

/**
 * Makes a subject of a driver of this process. `create` is called for each story, and again where a story restarts the
 * driver, with the configuration of the backend (the options of cinder.conf) and, in `runtime`, the time, the chance and the
 * transport that a story has. The driver has to send its requests through `runtime.dispatcher`, an undici Dispatcher, where
 * there is one, and to wait by `runtime.sleep`.
 */
export function defineSubject(
  create: (environment: SubjectEnvironment) => SubjectDefinition | Promise<SubjectDefinition>,
): SubjectFactory {
  return async (environment) => {
    let definition: SubjectDefinition;
    try {
      definition = await create(environment);
    } catch (error) {
      throw new SubjectError(`The driver cannot be created: ${messageOf(error)}`, { cause: error });
    }
    return subjectOfDefinition(definition);
  };
}

function subjectOfDefinition(definition: SubjectDefinition): Subject {
  const { name, constants, methods } = definition;
  const strays = Object.entries(methods).filter(([, method]) => typeof method !== 'function');
  if (strays.length > 0)
    throw new SubjectError(`methods of '${name}' are not functions: ${strays.map(([method]) => method).join(', ')}`);
  return {
    name,
    ...(constants === undefined ? {} : { constants }),
    methods: new Set(Object.keys(methods)),
    async call(method, args) {
      const called = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (called === undefined) throw new SubjectError(`'${name}' has no method ${method}`);
      try {
        return { returned: (await called(args)) ?? null };
      } catch (error) {
        if (error instanceof SubjectError) throw error;
        return { raised: exceptionOf(error) };
      }
    },
    close: async () => definition.close?.(),
  };
}

/** What was thrown, as the exception of Cinder that it stands for. */
function exceptionOf(error: unknown): RaisedException {
  const names: string[] = [];
  for (let type: unknown = error; type !== null && typeof type === 'object'; ) {
    type = Object.getPrototypeOf(type) as unknown;
    const name = (type as { constructor?: { name?: string } } | null)?.constructor?.name;
    if (name !== undefined && name !== 'Object') names.push(name === 'Error' ? 'Exception' : name);
  }
  const [name = 'Exception', ...parents] = [...new Set(names)];
  return { class: name, parents, message: messageOf(error) };
}
