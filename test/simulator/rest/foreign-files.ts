/** A certificate of an authority, made for the tests; its key is kept nowhere. */
export const authorityPem = `-----BEGIN CERTIFICATE-----
MIIBvzCCAWWgAwIBAgIUP3KEQwn7Hz9eI9GnpyReahF8j2gwCgYIKoZIzj0EAwIw
NDELMAkGA1UEBhMCREUxEDAOBgNVBAoMB0V4YW1wbGUxEzARBgNVBAMMCkV4YW1w
bGUgQ0EwIBcNMjYxMTMwMTkwNzM3WhgPMjEyNjExMDYxOTA3MzdaMDQxCzAJBgNV
BAYTAkRFMRAwDgYDVQQKDAdFeGFtcGxlMRMwEQYDVQQDDApFeGFtcGxlIENBMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEPnfIfNWAkAt3ibYnQuvldrasI5F378b2
SLQ3uYYw1NlgoXU4hwWT+3i1QrY7/OS5YfD/QBt9X7Y61HSKs/S/6qNTMFEwHQYD
VR0OBBYEFAqxnz7RGT/ksKGP5fU0+JNBpUxeMB8GA1UdIwQYMBaAFAqxnz7RGT/k
sKGP5fU0+JNBpUxeMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIg
BQ5aNYt+BVwxVYMl1ba/fplztitjgBJ2nAsBAt8iuIgCIQDDmMYSBZUz8Gk0hPlQ
qhH5mCK08mL6Rh065tbzOT+rVg==
-----END CERTIFICATE-----
`;

/** Metadata of an identity provider (SAML 2.0). */
export const providerMetadata = `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/id">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/out"/>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/in"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
