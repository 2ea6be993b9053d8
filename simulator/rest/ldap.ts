import { RestError } from './errors.js';
import {
  changeSettings,
  type KeeperContext,
  onKeeper,
  refuseField,
  type StoredSettings,
  settingsOf,
} from './keeper.js';
import { isReachable } from './remote-hosts.js';
import type { Routes } from './route.js';
import { LdapConfiguration, LdapDomain, LdapDomainTestResponse, LdapRequest, RolesResponse } from './schemas/ldap.js';
import { boolean, list, object, optional, type Static } from './schemas/types.js';

type Domain = Static<typeof LdapDomain>;
type Context = Pick<KeeperContext<undefined, undefined>, 'array' | 'owner'>;

const ldap: StoredSettings<{ readonly ldapDomains: readonly Domain[] }> = {
  kind: 'ldap',
  defaults: () => ({ ldapDomains: [] }),
};

const SkipTest = object({ skipTest: optional(boolean()) });

function domainsOf(context: Context): readonly Domain[] {
  return settingsOf(ldap, context).ldapDomains;
}

/** What is shown: a password is only taken. */
function shown(domain: Domain): Domain {
  const { bindLookupUser, ...rest } = domain;
  return bindLookupUser === undefined ? rest : { ...rest, bindLookupUser: { ...bindLookupUser, password: '' } };
}

function store(context: Context, ldapDomains: readonly Domain[], event: string) {
  const stored = ldapDomains.map(shown);
  return changeSettings(ldap, context, { ldapDomains: stored }, event);
}

function domainOf(context: Context, id: string): Domain {
  const found = domainsOf(context).find((domain) => domain.id === id);
  if (found === undefined) throw new RestError('notFound', `There is no LDAP domain '${id}'.`);
  return found;
}

/** How a test of a domain ends: no directory is asked, see remote-hosts.ts. */
function resultOf({ id = '', ldapUrl, bindLookupUser }: Domain) {
  const connectionTestResult = isReachable(ldapUrl) ? 'ok' : 'failed';
  const further = connectionTestResult === 'ok' && bindLookupUser !== undefined ? 'ok' : 'notRun';
  return { id, result: { connectionTestResult, authenticationTestResult: further, searchTestResult: further } };
}

/** Throws RestError for a domain that cannot be, or one that does not answer where it is to be tested. */
function checked(wanted: Domain, others: readonly Domain[], skipTest: boolean): Domain {
  const { names, ldapUrl, groupAttributes } = wanted;
  if (
    !/^ldaps?:\/\/[^/\s:]+(?::\d{1,5})?\/?$/i.test(ldapUrl) &&
    !/^ldaps?:\/\/\[[\da-f:]+\](?::\d{1,5})?\/?$/i.test(ldapUrl)
  )
    throw refuseField('ldapUrl', ldapUrl, 'ldap:// or ldaps:// with a host, and a port');
  if (names.length === 0) throw refuseField('names', names, 'one name at least');
  if (groupAttributes.length === 0) throw refuseField('groupAttributes', groupAttributes, 'one attribute at least');
  const taken = new Set(others.flatMap((each) => each.names.map((name) => name.toLowerCase())));
  const twice = names.find((name) => taken.has(name.toLowerCase()));
  if (twice !== undefined) throw refuseField('names', twice, 'a name that no other domain has');
  for (const { groupRegex = '' } of wanted.roleMapCollection ?? []) checkPattern(groupRegex);
  if (!skipTest && !isReachable(ldapUrl))
    throw new RestError('unprocessable', `The directory at '${ldapUrl}' does not answer.`, ['ldapUrl']);
  return wanted;
}

function checkPattern(pattern: string): void {
  try {
    new RegExp(pattern);
  } catch {
    throw refuseField('groupRegex', pattern, 'a regular expression');
  }
}

/** The domain with an id: its own, or the first number that is free. */
function identified(domain: Domain, others: readonly Domain[]): Domain {
  const ids = new Set(others.map(({ id }) => id));
  if (domain.id !== undefined && domain.id !== '') {
    if (ids.has(domain.id)) throw refuseField('id', domain.id, 'an id that no other domain has');
    return domain;
  }
  let number = 1;
  while (ids.has(String(number))) number++;
  return { ...domain, id: String(number) };
}

function added(wanted: Domain, others: readonly Domain[], skipTest: boolean): readonly Domain[] {
  return [...others, identified(checked(wanted, others, skipTest), others)];
}

/** Directory services: the domains of the array's users, and of the management station's. */
export function ldapRoutes(routes: Routes): void {
  onKeeper(
    routes,
    ['get-LdapConfiguration', 'get-ProxyLdapConfiguration'],
    { response: LdapConfiguration },
    (context) => settingsOf(ldap, context),
  );
  onKeeper(
    routes,
    ['set-LdapConfiguration', 'set-ProxyLdapConfiguration'],
    { body: LdapRequest, query: SkipTest, response: LdapConfiguration },
    ({ body, query: { skipTest = false }, ...context }) => {
      let domains: readonly Domain[] = [];
      for (const wanted of body.ldapDomains) domains = added(wanted, domains, skipTest);
      return store(context, domains, 'LDAP configuration changed');
    },
  );
  onKeeper(
    routes,
    ['remove-LdapConfiguration', 'delete-LdapConfiguration'],
    { response: LdapConfiguration },
    (context) => store(context, [], 'LDAP configuration removed'),
  );
  onKeeper(
    routes,
    ['new-LdapDomain', 'new-ProxyLdapDomain'],
    { body: LdapDomain, query: SkipTest, response: LdapConfiguration },
    ({ body, query: { skipTest = false }, ...context }) =>
      store(context, added(body, domainsOf(context), skipTest), `LDAP domain ${body.names[0] ?? ''} added`),
  );
  onKeeper(routes, ['get-LdapDomain', 'get-ProxyLdapDomain'], { response: LdapDomain }, (context) =>
    domainOf(context, context.id),
  );
  onKeeper(
    routes,
    ['update-LdapDomain', 'update-ProxyLdapDomain'],
    { body: LdapDomain, query: SkipTest, response: LdapConfiguration },
    ({ body, id, query: { skipTest = false }, ...context }) => {
      domainOf(context, id);
      const others = domainsOf(context).filter((each) => each.id !== id);
      const changed = { ...checked(body, others, skipTest), id };
      const domains = domainsOf(context).map((each) => (each.id === id ? changed : each));
      return store(context, domains, `LDAP domain ${body.names[0] ?? ''} changed`);
    },
  );
  onKeeper(routes, ['remove-LdapDomain', 'remove-ProxyLdapDomain'], { status: 204 }, ({ id, ...context }) => {
    domainOf(context, id);
    store(
      context,
      domainsOf(context).filter((each) => each.id !== id),
      `LDAP domain ${id} removed`,
    );
  });
  onKeeper(routes, ['test-Ldap', 'test-ProxyLdap'], { response: list(LdapDomainTestResponse) }, (context) =>
    domainsOf(context).map(resultOf),
  );
  roleRoutes(routes);
}

/** Which operations a user may call. */
function roleRoutes(routes: Routes): void {
  onKeeper(
    routes,
    ['get-RolePermissions', 'get-ProxyRolePermissions'],
    { query: object({ allUsers: optional(boolean()) }), response: RolesResponse },
    ({ principal, query }) => {
      const userRoles = principal?.roles ?? [];
      const operations = [...routes.environment.implemented.values()];
      const allowed = operations.filter(
        ({ roles }) => query.allUsers || roles.length === 0 || roles.some((role) => userRoles.includes(role)),
      );
      return {
        userRoles,
        endpoints: allowed.map(({ method, path, roles }) => ({ httpMethod: method, endpoint: path, roles })),
      };
    },
  );
}
