import { X509Certificate } from 'node:crypto';
import { certificatesOf, firstCertificate } from './certificate-store.js';
import { RestError } from './errors.js';
import { stationArray } from './keeper.js';
import { storePrivateFile } from './private-files.js';
import type { Routes } from './route.js';
import { ManagementCertificates } from './schemas/certificates.js';
import { FileRequest, PrivateFileInfo } from './schemas/files.js';
import { list, object, oneOf, optional } from './schemas/types.js';
import { certificateView, type KeptCertificate, shaOf } from './x509.js';

/** The certificates that the controllers of the storage systems show. */
export function managementCertificateRoutes(routes: Routes): void {
  const all = async () => {
    const arrays = routes.environment.systems.list().flatMap((system) => system.array ?? []);
    const trusted = await certificatesOf(stationArray(routes), 'remoteServer');
    const shown = arrays.flatMap((array) =>
      array.controllers.list().map(async (controller) => {
        const pem = await firstCertificate(array, `${array.system.label}-${controller.label}`);
        const kept: KeptCertificate = { alias: '', pem, isUserInstalled: false, isKeyEntry: true };
        const isTrusted = trusted.some((each) => each.pem.trim() === new X509Certificate(pem).toString().trim());
        return { array, controller, kept, isTrusted };
      }),
    );
    return Promise.all(shown);
  };
  routes.on(
    'getAllCertificates',
    {
      query: object({ filterType: optional(oneOf('all', 'untrusted', 'trusted')) }),
      response: list(ManagementCertificates),
    },
    async ({ query: { filterType = 'all' } }) =>
      (await all())
        .filter(({ isTrusted }) => filterType === 'all' || isTrusted === (filterType === 'trusted'))
        .map(({ array, controller, kept, isTrusted }) => {
          const certificate = certificateView(array, kept, []);
          return {
            storageArrayAssociation: true,
            associatedIP: controller.managementAddress,
            controller: {
              controllerId: controller.ref,
              controllerSerialNumber: controller.serialNumber,
              arrayID: routes.environment.systems.list().find((system) => system.array === array)?.id ?? '',
              arrayLabel: array.system.label,
              arrayWWN: array.system.wwn,
            },
            certificate: isTrusted ? { ...certificate, status: 'trusted' } : certificate,
          };
        }),
  );
  routes.on(
    'getCertificateFromSha',
    { body: FileRequest, bodyOptional: true, response: PrivateFileInfo },
    async ({ id, body }) => {
      const found = (await all()).find(({ kept }) => shaOf(kept.pem) === id.replace(/:/g, '').toUpperCase());
      if (found === undefined)
        throw new RestError('notFound', `No controller shows a certificate with the fingerprint '${id}'.`);
      return storePrivateFile(stationArray(routes), body.filename ?? 'certificate.pem', found.kept.pem);
    },
  );
}
