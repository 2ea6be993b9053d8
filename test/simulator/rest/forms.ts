/** Files of a form, by the name of their part. */
export type FormFiles = Readonly<Record<string, readonly [fileName: string, content: string]>>;

const boundary = 'a-boundary';

/** A form with files, as a request has it. */
export function formRequest(files: FormFiles): { readonly payload: Buffer; readonly headers: Record<string, string> } {
  const parts = Object.entries(files).map(
    ([name, [fileName, content]]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n\r\n${content}\r\n`,
  );
  return {
    payload: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
