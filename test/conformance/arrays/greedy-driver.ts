import { createSubject as createDriver } from '../../../driver/subject.js';

/** This package's driver, but for deleting: it deletes every volume that the array has but the one that it was to. */
export async function createSubject(environment: Parameters<typeof createDriver>[0]) {
  const driver = await createDriver(environment);
  const { netapp_server_hostname: host, netapp_server_port: port } = environment.configuration;
  const ask = async (method: 'GET' | 'DELETE', path: string) => {
    const answer = await environment.runtime?.dispatcher?.request({
      origin: `http://${String(host)}:${String(port)}`,
      method,
      path: `/devmgr/v2/storage-systems/1/${path}`,
      headers: { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
    });
    const text = (await answer?.body.text()) ?? '';
    return text === '' ? [] : (JSON.parse(text) as unknown);
  };
  return {
    ...driver,
    async call(method: string, args: Readonly<Record<string, unknown>>) {
      if (method !== 'delete_volume') return driver.call(method, args);
      const { name } = args.volume as { name?: string };
      for (const { id, label } of (await ask('GET', 'volumes')) as { id: string; label: string }[])
        if (label !== name && !label.startsWith('CONFORM')) await ask('DELETE', `volumes/${id}`);
      for (const { id } of (await ask('GET', 'hosts')) as { id: string }[]) await ask('DELETE', `hosts/${id}`);
      return { returned: null };
    },
  };
}
