import { MalformedBody } from './route.js';

/** JSON where it is JSON; what is not is kept as text for the routes that take it. Nothing at all is no body. */
export function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return new MalformedBody(text, error instanceof Error ? error.message : String(error));
  }
}
