import Type from 'typebox';

/** What clients send about events: the vendor's definitions, property by property. */

export const DirectoryServicesConfigErrorClearFailureRequest = Type.Object({
  domain: Type.String(),
});
