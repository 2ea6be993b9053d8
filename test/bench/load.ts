import { Pool } from 'undici';

export interface LoadOptions {
  readonly url: string;
  readonly connections?: number;
  readonly seconds?: number;
  /** So many requests at most in all, where each leaves something on the server. */
  readonly most?: number;
  readonly headers?: Record<string, string>;
  /** The path, and the body for a POST, of the n-th request. */
  readonly request: (n: number) => { readonly path: string; readonly body?: string };
}

/** How long, and for which share of `most`, a server is warmed up. */
const warmUp = { seconds: 0.7, share: 0.25 };

/** Requests a second that a server answers, from a few connections that each wait for their answer: bounded by time and number. */
export async function requestsPerSecond({
  url,
  connections = 8,
  seconds = 3,
  most = Number.POSITIVE_INFINITY,
  headers = {},
  request,
}: LoadOptions): Promise<number> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  let sent = 0;
  const until = async (end: number, last: number) => {
    let answered = 0;
    const worker = async () => {
      while (sent < last && performance.now() < end) {
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
  try {
    await until(performance.now() + warmUp.seconds * 1000, most * warmUp.share);
    const began = performance.now();
    const answered = await until(began + seconds * 1000, most);
    return answered / ((performance.now() - began) / 1000);
  } finally {
    await pool.close();
  }
}
