import { describe, expect, it } from 'vitest';
import { configurationFromIni, readConfiguration } from '../../driver/config.js';

const needed = {
  netapp_server_hostname: '127.0.0.1',
  netapp_controller_ips: '10.0.0.1, 10.0.0.2',
  netapp_login: 'rw',
  netapp_password: 'secret',
};

describe('the configuration', () => {
  it('has the documented defaults', () => {
    expect(readConfiguration(needed)).toMatchObject({
      netapp_server_port: 8080,
      netapp_transport_type: 'http',
      netapp_webservice_path: '/devmgr/v2',
      netapp_controller_ips: ['10.0.0.1', '10.0.0.2'],
      netapp_sa_password: null,
      netapp_enable_multiattach: false,
      netapp_host_type: 'linux_dm_mp',
      netapp_pool_name_search_pattern: '(.+)',
      volume_backend_name: 'NetApp_ESeries',
      reserved_percentage: 0,
      max_over_subscription_ratio: '20.0',
      use_chap_auth: false,
      netapp_ssl_verify: true,
      netapp_connect_timeout: 10,
      netapp_read_timeout: 60,
    });
    expect(readConfiguration({ ...needed, netapp_transport_type: 'HTTPS' }).netapp_server_port).toBe(8443);
    expect(readConfiguration({ ...needed, netapp_server_port: '9000' }).netapp_server_port).toBe(9000);
    expect(readConfiguration({ ...needed, netapp_volume_list: 'a' }).netapp_pool_name_search_pattern).toBe('a');
  });

  it.each(['netapp_server_hostname', 'netapp_controller_ips', 'netapp_login', 'netapp_password'])(
    'needs %s',
    (name) => {
      for (const nothing of ['', null, undefined])
        expect(() => readConfiguration({ ...needed, [name]: nothing })).toThrowError(
          expect.objectContaining({ name: 'InvalidInput', message: expect.stringContaining(`${name} is not set`) }),
        );
    },
  );

  it.each([
    ['netapp_storage_family', 'ontap_cluster', /allowed are eseries/],
    ['netapp_storage_protocol', 'fc', /allowed are iscsi/],
    ['netapp_transport_type', 'ftp', /allowed are http, https/],
    ['netapp_server_port', 'x', /whole number/],
    ['netapp_enable_multiattach', 'maybe', /allowed are true and false/],
    ['netapp_pool_name_search_pattern', '(', /regular expression/],
    ['replication_device', 'backend_id:x', /lacks 'hostname'/],
  ] as const)('refuses %s = %j', (option, value, reason) => {
    expect(() => readConfiguration({ ...needed, [option]: value })).toThrowError(
      expect.objectContaining({ name: 'InvalidConfigurationValue', message: expect.stringMatching(reason) }),
    );
  });

  it('does not show secrets that are wrong', () => {
    const given = { ...needed, use_chap_auth: true, chap_password: 'too-short' };
    expect(() => readConfiguration(given)).toThrow(/12 to 57/);
    expect(() => readConfiguration(given)).not.toThrow(/too-short/);
  });

  it.each([
    ['[\\d]+,a', ['1', '2', 'a']],
    ['1   ,    3', ['1']],
    ['$,3', []],
    ['[a-zA-Z]+', ['a', 'B']],
    ['', ['1', '2', 'a', 'B']],
    ['^a$', ['a']],
  ])('the pool pattern %j fits %j', async (written, fitting) => {
    const { poolPattern } = await import('../../driver/config.js');
    expect(['1', '2', 'a', 'B'].filter((label) => poolPattern(written).test(label))).toEqual(fitting);
  });

  it('comes from a section of cinder.conf, on top of DEFAULT', () => {
    const file = `[DEFAULT]
enabled_backends = one,two
netapp_login = rw
max_over_subscription_ratio = auto
[one]
# a comment
volume_driver = somewhere.NetAppDriver
netapp_server_hostname = array.example
netapp_password = p=w;d
netapp_controller_ips = 10.0.0.1,10.0.0.2
netapp_login = admin
use_chap_auth = True
[two]
`;
    const configuration = readConfiguration(configurationFromIni(file, 'one'));
    expect(configuration).toMatchObject({
      netapp_login: 'admin',
      netapp_server_hostname: 'array.example',
      use_chap_auth: true,
      max_over_subscription_ratio: 'auto',
      netapp_controller_ips: ['10.0.0.1', '10.0.0.2'],
    });
    expect(() => configurationFromIni(file, 'three')).toThrow(/no section \[three\]: there are DEFAULT, one, two/);
  });

  it('reads a replication device', () => {
    const written =
      'backend_id:b,hostname:127.0.0.1,port:8443,login:rw,password:p:w,controller_ips:10.0.0.3;10.0.0.4,pool:P';
    expect(readConfiguration({ ...needed, replication_device: written }).replication_device).toMatchObject({
      backend_id: 'b',
      port: 8443,
      password: 'p:w',
      controller_ips: ['10.0.0.3', '10.0.0.4'],
      pool: 'P',
    });
  });

  it('reads the one replication device of a list, as Cinder has it', () => {
    const device = { backend_id: 'b', hostname: 'h', login: 'rw', password: 'p', controller_ips: '10.0.0.3' };
    expect(readConfiguration({ ...needed, replication_device: [device] }).replication_device?.backend_id).toBe('b');
    expect(readConfiguration({ ...needed, replication_device: [] }).replication_device).toBeNull();
    expect(() => readConfiguration({ ...needed, replication_device: [device, device] })).toThrow(
      /one second array is possible, not 2/,
    );
  });
});
