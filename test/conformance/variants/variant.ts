import type { DriverChange } from '../changed-driver/changed-driver.js';

/** Our driver with another choice where the contract leaves one: a conformance suite has to pass it. */
export interface Variant {
  /** Tells what it does otherwise, e.g. `highest-free-lun`. */
  readonly id: string;
  /** Why it is right all the same, in a sentence. */
  readonly why: string;
  readonly changes: readonly DriverChange[];
}

/** A change of one file. */
export function change(file: string, find: string, replace: string): DriverChange {
  return { file, find, replace };
}

const call = '(await callMethod(driver, method, args))';

/** A change of what methods return: an expression over `returned` and `method`. Several of them go together. */
export function answers(expression: string): DriverChange {
  return change('subject.ts', call, `((returned: any) => ${expression})(${call})`);
}

const names = 'new Set(Object.keys(methods))';

/** A change that takes methods away. */
export function without(...methods: readonly string[]): DriverChange {
  const kept = `.filter((name) => !${JSON.stringify(methods)}.includes(name))`;
  return change('subject.ts', names, `new Set([...${names}]${kept})`);
}

const raised = 'if (error instanceof CinderException) return { raised: exceptionData(error) };';

/** A change of what methods raise: an expression over `data`, the exception as data, and `method`. */
export function exceptions(expression: string): DriverChange {
  return change(
    'subject.ts',
    raised,
    `if (error instanceof CinderException) return { raised: ((data) => ${expression})(exceptionData(error)) };`,
  );
}

/** A change by which methods raise NotImplementedError, as Cinder's base classes do. */
export function notImplemented(...methods: readonly string[]): DriverChange {
  const answer = "{ raised: { class: 'NotImplementedError', parents: ['RuntimeError'], message: '', details: {} } }";
  return change(
    'subject.ts',
    '      try {\n        return {',
    `      if (${JSON.stringify(methods)}.includes(method)) return ${answer};\n      try {\n        return {`,
  );
}
