import twilio from 'twilio';
import { expect, test } from '../../fixtures';

interface Parts {
  header: Record<string, unknown>;
  claims: Record<string, unknown> & { jti: string; iat: number; exp: number; nbf?: number; iss: string; sub: string; grants: { video: { room: string } } };
}

function parts(token: string): Parts {
  const [header, claims] = token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  return { header, claims };
}

test("GET /token answers with a token that Twilio's own helper could have made", async ({ server, request }) => {
  const answer = await request.get(`${server.origin}/token?identity=patient-abc`);
  expect(answer.status()).toBe(200);
  const { identity, token, ...more } = (await answer.json()) as { identity: string; token: string };
  expect(identity).toBe('patient-abc');
  expect(more).toEqual({});
  const ours = parts(token);

  const { accountSid: account, keySid: key, keySecret: secret } = server.credentials;
  const { AccessToken } = twilio.jwt;
  const ttl = ours.claims.exp - ours.claims.iat;
  // Neither has `nbf`: a clock that is a little behind would refuse what was just made (`tokens/mint.rs`).
  const helper = new AccessToken(account, key, secret, { identity, ttl });
  helper.addGrant(new AccessToken.VideoGrant({ room: ours.claims.grants.video.room }));
  const theirs = parts(helper.toJwt());

  expect(ours.header).toEqual(theirs.header);
  const shape = new RegExp(`^${key}-\\d{10}`);
  expect(ours.claims.jti).toMatch(shape);
  expect(theirs.claims.jti).toMatch(shape);
  const { jti: _ours, iat, exp, ...claims } = ours.claims;
  const { jti: _theirs, iat: theirIat, exp: _exp, ...expected } = theirs.claims;
  expect(claims).toEqual(expected);
  expect(Math.abs(iat - theirIat), 'issued now, in seconds').toBeLessThan(10);
  expect(exp - iat).toBeLessThanOrEqual(4 * 3600);

  const { createHmac } = await import('node:crypto');
  const [head, body, signature] = token.split('.');
  expect(signature).toBe(createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url'));
});

for (const [what, query] of [
  ['missing', ''],
  ['empty', '?identity='],
  ['over-long', `?identity=${'a'.repeat(129)}`],
  ['ill-formed', '?identity=%00%0a'],
] as const) {
  test(`GET /token with an identity that is ${what} is a 400 with a JSON error`, async ({
    server,
    request,
  }) => {
    const answer = await request.get(`${server.origin}/token${query}`);
    expect(answer.status()).toBe(400);
    expect(answer.headers()['content-type']).toContain('application/json');
    expect(await answer.json()).toHaveProperty('error');
  });
}

test('with the demo turned off its pages and GET /token do not exist', async ({ startServer, request }) => {
  const { origin } = await startServer({ env: { DEMO: 'off' } });
  for (const path of ['/token?identity=patient-abc', '/patient', '/provider']) {
    expect((await request.get(origin + path)).status(), path).toBe(404);
  }
});
