/** A request body that is not JSON: an error where JSON is wanted, plain text where a route takes it raw. */
export class MalformedBody {
  constructor(
    readonly text: string,
    /** Why it is not JSON. Nothing of the text is in it, which may be secret. */
    readonly reason: string,
  ) {}
}

/** The media type of bytes. */
export const bytesType = 'application/octet-stream';

/** The media type of forms with files. */
export const formType = 'multipart/form-data';

/** The media types of what is handed over as bytes. */
const bytesTypes: readonly string[] = [bytesType, formType];

/** The media type of JSON. */
export const jsonType = 'application/json';

/** How deep lists and objects in JSON may stand in each other. */
export const deepestJson = 400;

/** A body as it is handed to a route. */
export interface ReceivedBody {
  readonly body: unknown;
  /** The text that `body` was read from; undefined for bytes. */
  readonly bodyText?: string;
}

/** A request body by its media type: bytes stay bytes, everything else is read as JSON. */
export function receivedBody(body: string | Buffer, mediaType: string | undefined): ReceivedBody {
  if (mediaType !== undefined && bytesTypes.includes(mediaType))
    return { body: typeof body === 'string' ? Buffer.from(body) : body };
  const bodyText = String(body);
  return { body: parseBody(bodyText), bodyText };
}

/** The media type of a content-type header, in lower case and without parameters; undefined without the header. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase();
}

/** A request body as JSON; text that is not JSON is kept for the routes that take it. Blank text is no body. */
export function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  if (isDeeperThan(text, deepestJson))
    return new MalformedBody(text, `its lists and objects are nested more than ${deepestJson} deep`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The one message of the parser that repeats the text.
    return new MalformedBody(text, /is not valid JSON$/.test(reason) ? 'it has an unexpected token' : reason);
  }
}

/** Whether the brackets of a JSON text are nested deeper: what walks over such a value would run out of stack. */
function isDeeperThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > limit) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

/** Where a JSON string that begins at an index ends. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
