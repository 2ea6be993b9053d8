import type { Dispatcher } from 'undici';
import { NetAppEseriesISCSIDriver } from './driver.js';
import { CinderException } from './errors.js';
import { callMethod, methods } from './methods.js';
import { exceptionData, suiteHost } from './program/json-rpc.js';

/** What a conformance suite starts a driver in its own process with. */
interface SubjectEnvironment {
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly runtime?: {
    sleep(milliseconds: number): Promise<void>;
    now(): number;
    randomUuid(): string;
    readonly dispatcher?: Dispatcher;
    log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
  };
}

/** The driver as a conformance suite sees it: the documented methods by name, exceptions as data. */
export async function createSubject({ configuration, runtime }: SubjectEnvironment) {
  const log = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string) => runtime?.log(level, message);
  const driver = new NetAppEseriesISCSIDriver({
    configuration,
    host: suiteHost,
    ...runtime,
    logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
  });
  return {
    name: `${NetAppEseriesISCSIDriver.DRIVER_NAME} ${NetAppEseriesISCSIDriver.VERSION}`,
    constants: {
      CI_WIKI_NAME: NetAppEseriesISCSIDriver.CI_WIKI_NAME,
      DRIVER_NAME: NetAppEseriesISCSIDriver.DRIVER_NAME,
      VERSION: NetAppEseriesISCSIDriver.VERSION,
    },
    methods: new Set(Object.keys(methods)),
    async call(
      method: string,
      args: Readonly<Record<string, unknown>>,
    ): Promise<{ returned: unknown } | { raised: ReturnType<typeof exceptionData> }> {
      try {
        return { returned: (await callMethod(driver, method, args)) ?? null };
      } catch (error) {
        if (error instanceof CinderException) return { raised: exceptionData(error) };
        throw error;
      }
    },
    close: () => driver.close(),
  };
}
