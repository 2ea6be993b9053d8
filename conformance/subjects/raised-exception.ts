import { Check } from 'typebox/value';
import { shown } from './excerpt.js';
import { exceptionData } from './protocol.js';
import { type RaisedException, SubjectError } from './subject.js';

/** Reads an exception that a subject reported; `parents` is without its own class afterwards. Throws SubjectError. */
export function raisedException(data: unknown, method: string): RaisedException {
  if (!Check(exceptionData, data))
    throw new SubjectError(`${method} raised something that is not described as an exception is: ${shown(data)}`, {
      sent: method,
      received: shown(data),
      expected: '{"class": "VolumeNotFound", "parents": ["NotFound", "CinderException", …], "message": "…"}',
      remedy: "Report the exception's class, the classes that it is derived from (nearest first), and its message.",
    });
  const { class: name, parents, message } = data;
  return { class: name, parents: parents[0] === name ? parents.slice(1) : parents, message };
}
