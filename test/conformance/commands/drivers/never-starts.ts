import { neverStarting } from '../../checks/broken-drivers.js';

/** A driver whose do_setup raises whatever the array is. */
export const createSubject = neverStarting;
