import { describe, expect, it } from 'vitest';
import { cinderConf } from '../../../conformance/subjects/cinder-conf.js';

describe('a configuration as a cinder.conf', () => {
  it('has the options of one backend', () => {
    const text = cinderConf({
      netapp_password: 'a # b; $c',
      netapp_server_port: 8080,
      use_chap_auth: true,
      netapp_sa_password: null,
      netapp_controller_ips: ['10.0.0.1', '10.0.0.2'],
      replication_device: { backend_id: 'second', controller_ips: ['10.0.1.1', '10.0.1.2'] },
      netapp_ssl_ca: '-----BEGIN\nabc\n-----END\n',
    });
    expect(text).toBe(`[DEFAULT]
enabled_backends = backend

[backend]
netapp_password = a # b; $$c
netapp_server_port = 8080
use_chap_auth = true
netapp_controller_ips = 10.0.0.1,10.0.0.2
replication_device = backend_id:second,controller_ips:10.0.1.1 10.0.1.2
netapp_ssl_ca = -----BEGIN
    abc
    -----END
`);
  });

  it('has an option that may be there more than once as often as it has values', () => {
    const text = cinderConf({ replication_device: [{ backend_id: 'second' }, 'backend_id:third,system_id:3'] });
    expect(text).toContain(
      '\nreplication_device = backend_id:second\nreplication_device = backend_id:third,system_id:3\n',
    );
  });
});
