/** The name of the driver that a story means when it names none. */
export const mainDriver = 'driver';
