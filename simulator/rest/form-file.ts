import { type HttpRequest, headerOf } from '../http/messages.js';
import { RestError } from './errors.js';

/** A file of a form (RFC 7578). */
export interface FormFile {
  /** The name that the client gave it; '' for none. */
  readonly fileName: string;
  readonly content: Buffer;
}

/**
 * The file of a form's part. Throws RestError for a body that is no multipart/form-data, has no such part, an empty one
 * or one of more than `maxBytes`.
 */
export function formFile(request: HttpRequest, part: string, maxBytes: number): FormFile {
  const file = partsOfForm(request, part).find(({ header }) => parameter(header, 'name') === part);
  return checkedFile(file, part, maxBytes);
}

/** The same, or the first file of the form where no part has the name: clients call it as they like. */
export function firstFormFile(request: HttpRequest, part: string, maxBytes: number): FormFile {
  const parts = partsOfForm(request, part);
  const named = parts.find(({ header }) => parameter(header, 'name') === part);
  return checkedFile(named ?? parts.find(({ header }) => parameter(header, 'filename') !== undefined), part, maxBytes);
}

/** The text of a form's part; undefined where there is none. */
export function formText(request: HttpRequest, part: string): string | undefined {
  return partsOfForm(request, part)
    .find(({ header }) => parameter(header, 'name') === part)
    ?.content.toString();
}

type Part = ReturnType<typeof partsOf>[number];

/** The parts of a request's form. Throws RestError for a body that is none; `part` is what was expected in it. */
function partsOfForm(request: HttpRequest, part: string): Part[] {
  const boundary = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(
    headerOf(request, 'content-type') ?? '',
  );
  if (boundary === null || !Buffer.isBuffer(request.body))
    throw new RestError('unprocessable', `The body is no form: send multipart/form-data with a file as '${part}'.`, [
      part,
    ]);
  return partsOf(request.body, boundary[1] ?? boundary[2] ?? '');
}

function checkedFile(file: Part | undefined, part: string, maxBytes: number): FormFile {
  if (file === undefined)
    throw new RestError('missingField', `The form has no part '${part}': the file is expected there.`, [part]);
  const { content } = file;
  if (content.length === 0) throw new RestError('invalidField', `The file '${part}' is empty.`, [part]);
  if (content.length > maxBytes)
    throw new RestError(
      'invalidField',
      `The file '${part}' has ${content.length} bytes: allowed are ${maxBytes} at most.`,
      [part],
    );
  return { fileName: parameter(file.header, 'filename') ?? '', content };
}

/** No form of the web services has so many parts. */
const mostParts = 100;

/** The parts of a form, each with its Content-Disposition; what comes after the first hundred is left out. */
function partsOf(body: Buffer, boundary: string): { readonly header: string; readonly content: Buffer }[] {
  const parts = [];
  const mark = `--${boundary}`;
  for (let at = body.indexOf(mark); at >= 0 && parts.length < mostParts; ) {
    const start = at + mark.length;
    const end = body.indexOf(`\r\n${mark}`, start);
    if (end < 0) break;
    // Looked for in this part only: to the end of the body for each part would take time by the square of its length.
    const part = body.subarray(start, end);
    const blank = part.indexOf('\r\n\r\n');
    // A part without content ends where its headers do.
    const content = blank < 0 ? Buffer.alloc(0) : part.subarray(blank + 4);
    const head = (blank < 0 ? part : part.subarray(0, blank)).toString();
    parts.push({ header: /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '', content });
    at = end + 2;
  }
  return parts;
}

/** A parameter of a Content-Disposition header. */
function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|[;\\s])${name}=(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header);
  return found === null ? undefined : (found[1] ?? found[2]);
}
