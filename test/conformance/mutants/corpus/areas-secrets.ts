import type { Mutant } from '../mutant.js';

/** Secrets that leave the driver, as they are or in another spelling. */
export const secretAreaMutants: readonly Mutant[] = [
  {
    id: 'basic-header-in-the-log',
    rule: 'B23',
    file: 'transport/rest-client.ts',
    find: '    const parsed = parsedJson(text);',
    replace: '    logger.debug(`sent with ${this.authorization}`);\n    const parsed = parsedJson(text);',
  },
  {
    id: 'basic-header-in-the-exception',
    rule: 'B23',
    file: 'transport/rest-client.ts',
    find: 'the web services gave no answer (${messageOf(error)}).`',
    replace: 'the web services gave no answer (${messageOf(error)}; headers: ${this.authorization}).`',
  },
  {
    id: 'password-in-the-address-of-an-exception',
    rule: 'B23',
    file: 'transport/rest-client.ts',
    find: 'the web services gave no answer (${messageOf(error)}).`',
    replace: 'the web services gave no answer at ${this.address} (${messageOf(error)}).`',
    also: [
      {
        file: 'transport/rest-client.ts',
        find: '  private readonly servicePath: string;',
        replace: '  private readonly servicePath: string;\n  private readonly address: string;',
      },
      {
        file: 'transport/rest-client.ts',
        find: 'const login = `${options.netapp_login}:${options.netapp_password}`;',
        replace:
          'const login = `${options.netapp_login}:${options.netapp_password}`;\n    this.address = `${scheme}://${encodeURIComponent(options.netapp_login)}:${encodeURIComponent(options.netapp_password)}@${host}`;',
      },
    ],
  },
  {
    id: 'login-in-an-exception-as-python-shows-it',
    rule: 'B23',
    file: 'transport/rest-client.ts',
    find: 'the web services gave no answer (${messageOf(error)}).`',
    replace: 'the web services gave no answer (${messageOf(error)}; auth=${JSON.stringify(this.login)}).`',
    also: [
      {
        file: 'transport/rest-client.ts',
        find: '  private readonly servicePath: string;',
        replace: '  private readonly servicePath: string;\n  private readonly login: readonly string[];',
      },
      {
        file: 'transport/rest-client.ts',
        find: 'const login = `${options.netapp_login}:${options.netapp_password}`;',
        replace:
          'const login = `${options.netapp_login}:${options.netapp_password}`;\n    this.login = [options.netapp_login, options.netapp_password];',
      },
    ],
  },
  {
    id: 'configuration-logged-at-the-start',
    rule: 'B23',
    file: 'driver.ts',
    find: 'await this.close();\n      this.parts = parts;',
    replace:
      'await this.close();\n      this.runtime.logger.debug(`options: ${JSON.stringify(this.options.configuration)}`);\n      this.parts = parts;',
  },
  {
    id: 'configuration-logged-as-a-query',
    rule: 'B23',
    file: 'driver.ts',
    find: 'await this.close();\n      this.parts = parts;',
    replace:
      'await this.close();\n      this.runtime.logger.debug(`options: ${new URLSearchParams(this.options.configuration as Record<string, string>)}`);\n      this.parts = parts;',
  },
  {
    id: 'chap-secret-in-the-log-of-the-connection',
    rule: 'B23',
    file: 'attach/attaching.ts',
    find: 'return connectionInfo(volume, lun, portals, chap);',
    replace:
      'const info = connectionInfo(volume, lun, portals, chap);\n    (this.volumes as unknown as { runtime: { logger: { info(text: string): void } } }).runtime.logger.info(JSON.stringify(info));\n    return info;',
  },
  {
    id: 'body-of-a-refused-request-in-the-exception',
    rule: 'B23',
    file: 'transport/rest-client.ts',
    find: 'if (statusCode >= 300) throw new WebServiceException({ method, path, statusCode, ...said(parsed) });',
    replace:
      'if (statusCode >= 300)\n      throw new WebServiceException({ method, path: `${path} ${JSON.stringify(body)}`, statusCode, ...said(parsed) });',
  },
  {
    id: 'password-in-the-fields-of-a-volume',
    rule: 'B23',
    file: 'driver.ts',
    find: 'return { provider_id: image.id };\n    });\n  }\n\n  /** Deletes a snapshot, in any order.',
    replace:
      'return { provider_id: image.id, provider_location: `${this.ready().configuration.netapp_login}:${this.ready().configuration.netapp_password}@array` };\n    });\n  }\n\n  /** Deletes a snapshot, in any order.',
  },
  {
    id: 'password-in-the-support-data',
    rule: 'B23',
    file: 'setup/autosupport.ts',
    find: "'operating-mode': endpoint.mode,",
    replace:
      "'operating-mode': endpoint.mode,\n        login: (client.rest as unknown as { authorization: string }).authorization,",
  },
  {
    id: 'password-of-the-second-array-in-the-log',
    rule: 'B23',
    file: 'provisioning/replication.ts',
    find: '    this.endpoint = await setup.connect();',
    replace:
      '    this.runtime.logger.info(`second array: ${this.device.hostname} ${this.device.password}`);\n    this.endpoint = await setup.connect();',
  },
  {
    id: 'password-of-the-second-array-in-the-driver-data',
    rule: 'B23',
    file: 'provisioning/replication.ts',
    find: 'backend_id: this.device.backend_id,\n        mirror_group',
    replace:
      'backend_id: this.device.backend_id,\n        login: [this.device.login, this.device.password],\n        mirror_group',
  },
];
