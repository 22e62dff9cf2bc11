import assert from 'node:assert/strict';
import fc from 'fast-check';
import { secretsIn, withoutSecrets } from '../../../src/core/handoff/secrets.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const made = (...parts: readonly string[]): string => parts.join('');
const letters = 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY3zA5';

const secrets: readonly (readonly [string, string])[] = [
  ['an AWS access key', made('AKIA', 'IOSFODNN7', 'EXAMPLX')],
  ['a GitHub token', made('ghp_', letters)],
  ['a GitHub token', made('github_pat_', letters)],
  ['a GitLab token', made('glpat-', letters.slice(0, 20))],
  ['a Slack token', made('xoxb-', '1234567890-abcdef')],
  ['a Stripe key', made('sk_live_', letters.slice(0, 24))],
  ['an Anthropic or OpenAI key', made('sk-ant-', 'api03-', letters)],
  ['an Anthropic or OpenAI key', made('sk-proj-', letters)],
  ['a Google API key', made('AIza', letters.slice(0, 35))],
  ['an npm token', made('npm_', letters)],
  ['a SendGrid key', made('SG.', letters.slice(0, 22), '.', letters)],
  ['a signed token (JWT)', made('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjMifQ', '.dozjgNryP4J3jVmN')],
  ['a private key', made('-----BEGIN RSA ', 'PRIVATE KEY-----')],
  ['a private key', made('-----BEGIN ', 'PRIVATE KEY-----')],
  ['an address with a password', 'postgres://app:s3cr3t@db.internal:5432/shop'],
  ['an address with a password', 'redis://:hunter2@cache:6379'],
  ['a bearer token', `Bearer ${letters}`],
  ['a password or key with its value', 'JWT_SECRET=k9Xw2mQ7pL'],
  ['a password or key with its value', 'Server=db;Password=Tr0ub4dor;'],
  ['a password or key with its value', '"api_key": "k9Xw2mQ7pL"'],
];

const harmless = [
  'postgres://app:<password>@db/shop',
  'postgres://app:${DB_PASSWORD}@db/shop',
  'postgres://user:password@localhost/db',
  'postgres://db.internal:5432/shop',
  'https://api.shop.example/v1/users/me@home',
  'JWT_SECRET=${JWT_SECRET}',
  'JWT_SECRET=changeme123',
  'API_KEY=your-api-key-1',
  'API_KEY=<your key 1>',
  'Tokens: refreshed every 15 minutes; token: rotated',
  'password: minimum 8 characters',
  'token_ttl: 15minutes',
  'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3a94a8fe5ccb19ba61c4c0873',
  'JWT validation',
  'Bearer token authentication',
  'security_controls',
];

describe('secrets', () => {
  for (const [what, secret] of secrets)
    it(`finds ${what}: ${secret.slice(0, 12)}…`, () => {
      const text = `{ "note": "before ${secret} after" }`;
      assert.deepEqual(
        secretsIn(text).map((one) => one.what),
        [what],
      );
      assert.deepEqual(secretsIn(withoutSecrets(text)), []);
      assert.ok(!withoutSecrets(text).includes(secret));
    });
  for (const text of harmless) it(`leaves alone: ${text}`, () => assert.deepEqual(secretsIn(text), []));
  it('gives places inside of the text, in order and apart, whatever it holds', () => {
    const word = fc.constantFrom(
      ...secrets.map(([, secret]) => secret),
      'password=',
      '://',
      ':',
      '@',
      'eyJ',
      '.',
      '"',
      ' ',
      'é😀',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (parts) => {
        const text = parts.join('');
        let before = 0;
        for (const { at } of secretsIn(text)) {
          assert.ok(at.start >= before && at.end > at.start && at.end <= text.length);
          before = at.end;
        }
      }),
    );
  });
  it('goes through hostile texts once', () => {
    for (const part of ['eyJa', 'a://', 'password=', 'password:', 'SG.a', '-----BEGIN A ', 'sk-', 'Bearer ', 'x'])
      assert.ok(secretsIn(part.repeat(500_000 / part.length)).length >= 0);
  });

  it('takes out the whole of a token, not only what it is told by', () => {
    const tail = 'Zz9'.repeat(12);
    for (const token of [
      `ghp_${'a1B2'.repeat(9)}${tail}`,
      `glpat-${'a1B2'.repeat(5)}${tail}`,
      `xoxb-1234567890-${tail}`,
      `sk_live_${'a1'.repeat(5)}${tail}`,
      `sk-ant-api03-${'a1B2'.repeat(5)}${tail}`,
      `SG.${'a1B2'.repeat(5)}.${'c3D4'.repeat(4)}${tail}`,
      `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}${tail}`,
      `-----BEGIN RSA PRIVATE KEY-----\nMIIE${tail}\n-----END RSA PRIVATE KEY-----`,
    ])
      assert.equal(withoutSecrets(`before ${token} after`), 'before <removed> after', token);
  });
});
