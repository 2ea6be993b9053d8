import { createSubject as createDriver } from '../../../driver/subject.js';

/** This package's driver, but for deleting: it says that a volume is gone, and leaves it. */
export async function createSubject(environment: Parameters<typeof createDriver>[0]) {
  const driver = await createDriver(environment);
  return {
    ...driver,
    constants: { ...driver.constants, VERSION: '0.9' },
    async call(method: string, args: Readonly<Record<string, unknown>>) {
      return method === 'delete_volume' ? { returned: null } : driver.call(method, args);
    },
  };
}
