import { Pool } from 'undici';

export interface LoadOptions {
  readonly url: string;
  readonly connections?: number;
  readonly seconds?: number;
  readonly headers?: Record<string, string>;
  /** The path, and the body for a POST, of the n-th request. */
  readonly request: (n: number) => { readonly path: string; readonly body?: string };
}

/** Requests per second that a server answers, from a few connections that each wait for their answer. */
export async function requestsPerSecond({
  url,
  connections = 8,
  seconds = 3,
  headers = {},
  request,
}: LoadOptions): Promise<number> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  let sent = 0;
  const until = async (end: number) => {
    let answered = 0;
    const worker = async () => {
      while (performance.now() < end) {
        const { path, body } = request(sent++);
        const answer = await pool.request({
          path,
          method: body === undefined ? 'GET' : 'POST',
          headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
          body,
        });
        if (answer.statusCode >= 400)
          throw new Error(`${path} answered ${answer.statusCode}: ${await answer.body.text()}`);
        await answer.body.dump({ limit: 2 ** 30 });
        answered++;
      }
    };
    await Promise.all(Array.from({ length: connections }, worker));
    return answered;
  };
  await until(performance.now() + 700);
  const began = performance.now();
  const answered = await until(began + seconds * 1000);
  const rate = answered / ((performance.now() - began) / 1000);
  await pool.close();
  return rate;
}
