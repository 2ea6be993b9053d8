import { isIpv4, isIpv6 } from '../array/ip-addresses.js';
import { RestError } from './errors.js';
import { onKeeper, refuseField, type StoredSettings, settingsOf, settingsRoutes } from './keeper.js';
import type { Routes } from './route.js';
import { SnmpConfiguration, SnmpConfigurationRequest, SnmpTrapDestinationTest } from './schemas/snmp.js';
import type { Static } from './schemas/types.js';

type Configuration = Static<typeof SnmpConfiguration>;
type Wanted = Static<typeof SnmpConfigurationRequest>;

const snmp: StoredSettings<Configuration> = {
  kind: 'snmp',
  defaults: ({ system }) => ({ sysName: system.label, sysLocation: '', sysContact: '', communities: [], usmUsers: [] }),
};

function destinationsOf(wanted: Wanted['communities'][number]['trapDestinations'], of: string) {
  return wanted.map(({ receiverAddress, sendAuthenticationFailureTraps = false }, index) => {
    if (!isIpv4(receiverAddress) && !isIpv6(receiverAddress))
      throw refuseField('receiverAddress', receiverAddress, 'an IPv4 or IPv6 address');
    return { id: `${of}.${index + 1}`, receiverAddress, sendAuthenticationFailureTraps };
  });
}

function unique(names: readonly string[], field: string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refuseField(field, twice, 'each name once');
  if (names.includes('')) throw refuseField(field, '', 'a name');
}

/** What is asked for as it is kept: passwords are only taken, never kept or shown. */
function configurationOf(wanted: Wanted): Partial<Configuration> {
  const { communities, usmUsers, ...texts } = wanted;
  unique(
    communities.map(({ name }) => name),
    'name',
  );
  unique(
    (usmUsers ?? []).map(({ name }) => name),
    'name',
  );
  return {
    ...texts,
    communities: communities.map(({ name, permissions = 'readOnly', trapDestinations }, index) => ({
      id: `c${index + 1}`,
      name,
      permissions,
      trapDestinations: destinationsOf(trapDestinations, `c${index + 1}`),
    })),
    ...(usmUsers && { usmUsers: usmUsers.map(userOf) }),
  };
}

function userOf(wanted: NonNullable<Wanted['usmUsers']>[number], index: number) {
  const { name, permissions = 'readOnly', engineIdType = 'local', engineId = '' } = wanted;
  const { authProtocol = 'none', privProtocol = 'none', authPassword, privPassword, trapDestinations } = wanted;
  if (authProtocol !== 'none' && (authPassword ?? '').length < 8)
    throw new RestError('invalidField', 'The authPassword is too short: allowed are 8 characters and more.', [
      'authPassword',
    ]);
  if (privProtocol !== 'none' && authProtocol === 'none')
    throw refuseField('privProtocol', privProtocol, 'none for a user without an authProtocol');
  if (privProtocol !== 'none' && (privPassword ?? '').length < 8)
    throw new RestError('invalidField', 'The privPassword is too short: allowed are 8 characters and more.', [
      'privPassword',
    ]);
  if (engineIdType === 'custom' && !/^[0-9a-f]{10,64}$/i.test(engineId))
    throw refuseField('engineId', engineId, '10 to 64 hex digits');
  const id = `u${index + 1}`;
  const destinations = destinationsOf(trapDestinations, id);
  return { id, name, permissions, engineIdType, engineId, authProtocol, privProtocol, trapDestinations: destinations };
}

/** SNMP: whom the array tells of alarms. */
export function snmpRoutes(routes: Routes): void {
  settingsRoutes(routes, {
    ...snmp,
    read: 'getSnmpConfiguration',
    write: 'updateSnmpConfiguration',
    body: SnmpConfigurationRequest,
    response: SnmpConfiguration,
    event: 'SNMP configuration changed',
    changes: configurationOf,
  });
  onKeeper(routes, 'testSnmpTrapDestination', { body: SnmpTrapDestinationTest }, ({ body, ...context }) => {
    const { communities = [], usmUsers = [] } = settingsOf(snmp, context);
    const known = [...communities, ...usmUsers].flatMap(({ trapDestinations = [] }) => trapDestinations);
    if (!known.some(({ receiverAddress }) => receiverAddress === body.receiverAddress))
      throw refuseField('receiverAddress', body.receiverAddress, 'the address of a configured trap destination');
    const description = `Test SNMP trap sent to ${body.receiverAddress}`;
    context.array.transact(() => void context.array.events.record({ description }));
  });
}
