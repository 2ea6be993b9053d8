/** A rule that cannot be; the message says which property, its value, and what is allowed. */
export class FaultError extends Error {
  override readonly name = 'FaultError';

  constructor(
    message: string,
    /** The property that is wrong, as a path: `what.for`. */
    readonly field: string,
  ) {
    super(message);
  }
}

/** The error for a value that is not allowed. */
export function notAllowed(field: string, value: unknown, allowed: string): FaultError {
  const name = field === '' ? 'The fault rule' : `The property '${field}'`;
  return new FaultError(`${name} is ${show(value)}: allowed is ${allowed}.`, field);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
