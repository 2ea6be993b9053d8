import type { StorageArray } from '../array/storage-array.js';
import { type HttpRequest, HttpResponse, headerOf, json } from '../http/messages.js';
import type { Authentication } from './authentication.js';
import { RestError } from './errors.js';
import { settingsOf, stationArray } from './keeper.js';
import { accessTokenSettings, softwareVersion } from './login-settings.js';
import { anyone } from './operations.js';
import type { Routes } from './route.js';
import { GenerateAccessTokenResponse } from './schemas/system.js';
import { GenerateAccessTokenRequest } from './schemas/system-requests.js';
import { boolean, integer, object, optional, text } from './schemas/types.js';

const About = object({
  runningAsProxy: boolean(),
  version: text(),
  systemId: text(),
  controllerPosition: integer(),
  startTimestamp: text(),
  samlEnabled: boolean(),
});
const LoginRequest = object({ userId: text(), password: text(), xsrfProtected: optional(boolean()) });
const LoginQuery = object({ uid: text(), pwd: text(), xsrf: optional(boolean()), onlycheck: optional(boolean()) });

const utils = { mode: 'both', roles: anyone, tag: 'Utils', status: 200 } as const;

/** What is under /devmgr/utils, and access tokens: what the web services are, and logging in and out. */
export function utilsRoutes(routes: Routes): void {
  aboutRoutes(routes);
  loginRoutes(routes);
  accessTokenRoutes(routes);
}

function aboutRoutes(routes: Routes): void {
  routes.on(
    { ...utils, id: 'getAbout', method: 'GET', path: '/devmgr/utils/about' },
    { response: About },
    ({ systems }) => {
      const array = systems.list().find((system) => system.array !== null)?.array;
      return {
        runningAsProxy: routes.environment.mode === 'proxy',
        version: array === undefined || array === null ? '' : versionOf(array),
        systemId: uuidOf(array?.system.wwn ?? '0'.repeat(32)),
        controllerPosition: 1,
        startTimestamp: String(Math.floor((array?.system.bootTimeMs ?? 0) / 1000)),
        samlEnabled: false,
      };
    },
  );
  routes.on({ ...utils, id: 'getBuildInfo', method: 'GET', path: '/devmgr/utils/buildinfo' }, {}, () => ({
    components: [
      { name: 'symbolapi', version: 'v1190api9' },
      { name: 'symbolversion', version: '241' },
      { name: 'webservices', version: versionOf(stationArray(routes)) },
    ],
  }));
}

function loginRoutes(routes: Routes): void {
  const { authentication } = routes.environment;
  const login = { ...utils, path: '/devmgr/utils/login' };
  routes.on({ ...login, id: 'login', method: 'POST' }, { body: LoginRequest }, ({ body, request }) => {
    const principal = authentication.login(body.userId, body.password, request.ip);
    return openSession(authentication, principal.user, body.xsrfProtected ?? false, request);
  });
  routes.on({ ...login, id: 'loginByQuery', method: 'GET' }, { query: LoginQuery }, ({ query, request }) => {
    const principal = authentication.login(query.uid, query.pwd, request.ip);
    return query.onlycheck
      ? loginAnswer(authentication, principal.user)
      : openSession(authentication, principal.user, query.xsrf ?? false, request);
  });
  routes.on({ ...login, id: 'logout', method: 'DELETE', status: 204 }, {}, ({ request }) => {
    const id = /JSESSIONID=([^;]+)/.exec(headerOf(request, 'cookie') ?? '')?.[1];
    if (id !== undefined) authentication.sessions.close(id);
    return new HttpResponse(204, [['set-cookie', 'JSESSIONID=; Path=/devmgr; HttpOnly; Max-Age=0']]);
  });
}

function accessTokenRoutes(routes: Routes): void {
  const { authentication } = routes.environment;
  routes.on(
    'generateAccessToken',
    { body: GenerateAccessTokenRequest, response: GenerateAccessTokenResponse },
    ({ body, principal }) => {
      if (principal === null) throw new RestError('unauthenticated', 'Log in first.');
      if (principal.by === 'token')
        throw new RestError(
          'forbidden',
          'An access token cannot be got with an access token: log in with user and password.',
        );
      if (!(body.duration > 0))
        throw new RestError('invalidField', `The duration is ${body.duration}: allowed are seconds above 0.`, [
          'duration',
        ]);
      const { maxDuration } = settingsOf(accessTokenSettings, { array: stationArray(routes), owner: 'station' });
      if (maxDuration === 0)
        throw new RestError('unprocessable', 'No access tokens are given out: their longest duration is set to 0.');
      return authentication.issueToken(principal.user, Math.min(body.duration, maxDuration));
    },
  );
  routes.on('revokeAllAccessTokens', {}, () => authentication.sessions.revokeTokens());
}

/** Answers a login with the cookies of a new session. */
function openSession(
  authentication: Authentication,
  user: string,
  isProtected: boolean,
  { isSecure }: HttpRequest,
): HttpResponse {
  const { id, session } = authentication.openSession(user, isProtected);
  const attributes = `SameSite=Strict${isSecure ? '; Secure' : ''}`;
  const cookies = [`JSESSIONID=${id}; Path=/devmgr; HttpOnly; ${attributes}`];
  // Scripts of the page read this one, to send it as a header.
  if (session.xsrfToken !== null) cookies.push(`XSRF-TOKEN=${session.xsrfToken}; Path=/; ${attributes}`);
  return json(
    loginAnswer(authentication, user),
    200,
    cookies.map((cookie) => ['set-cookie', cookie] as const),
  );
}

function loginAnswer(authentication: Authentication, user: string) {
  return { userId: user, roles: authentication.rolesOf(user), lastKnownEvent: -1, globalInventoryChangeCount: 0 };
}

/** The release that the web services report. */
function versionOf(array: StorageArray): string {
  return settingsOf(softwareVersion, { array, owner: 'station' }).current;
}

/** A UUID that says which array it is. */
function uuidOf(wwn: string): string {
  const digits = wwn.toLowerCase();
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
