// An OpenID Connect provider on loopback: `node provider.mjs PORT`. Its keys are new with every start.
import crypto from 'node:crypto';
import { Provider } from 'oidc-provider';

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const audience = 'https://ledger.example.org/v1/ledgers/town';
const scope = 'ledger:audit ledger:vote';

const { privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: crypto.randomUUID() };
const device = 'urn:ietf:params:oauth:grant-type:device_code';
const redirects = { redirect_uris: ['http://127.0.0.1/cb'], response_types: ['code'], id_token_signed_response_alg: 'ES256' };

const provider = new Provider(issuer, {
  jwks: { keys: [key] },
  clients: [
    { client_id: 'portal', client_secret: 'of-the-portal', grant_types: ['client_credentials', 'authorization_code'], ...redirects },
    { client_id: 'command-line', token_endpoint_auth_method: 'none', application_type: 'native',
      grant_types: [device, 'authorization_code'], ...redirects },
  ],
  scopes: ['openid', ...scope.split(' ')],
  enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
  ttl: { DeviceCode: 60, AccessToken: 600, ClientCredentials: 600, Grant: 600, Session: 600, Interaction: 600, IdToken: 600 },
  extraTokenClaims: async (_context, token) => (token.accountId ? { stimmbuch_id: token.accountId } : {}),
  findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  features: {
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, resource) => ({
        scope, audience: resource, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
});
provider.listen(port, '127.0.0.1', () => console.log('listening'));
