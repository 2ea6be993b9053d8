/** A request body that is not JSON: an error where JSON is wanted, plain text where a route takes it raw. */
export class MalformedBody {
  constructor(
    readonly text: string,
    /** Why it is not JSON. */
    readonly reason: string,
  ) {}
}

/** The media type of bytes. */
export const bytesType = 'application/octet-stream';

/** The media types of what is handed over as bytes. */
export const bytesTypes = [bytesType, 'multipart/form-data'];

/** A request body as JSON; text that is not JSON is kept for the routes that take it. Blank text is no body. */
export function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return new MalformedBody(text, error instanceof Error ? error.message : String(error));
  }
}
