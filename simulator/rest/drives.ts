import { DriveEx, driveView } from './objects/drives.js';
import type { Routes } from './route.js';

import { list, object, optional, text } from './schemas/types.js';

const DriveReplaceRequest = object({ replacementId: optional(text()) });

export function driveRoutes(routes: Routes): void {
  routes.onArray('getDrives', { response: list(DriveEx) }, ({ array, query }) => {
    const only = query.driveRef;
    return array.tables.drives
      .toJSON()
      .filter((drive) => only === undefined || drive.ref === only)
      .map(driveView);
  });
  routes.onArray('getDriveById', { response: DriveEx }, ({ array, id }) => driveView(array.drives.require(id)));
  routes.onArray('replaceDrive', { body: DriveReplaceRequest, bodyOptional: true }, ({ array, id }) => {
    array.drives.replace(id);
  });
}
