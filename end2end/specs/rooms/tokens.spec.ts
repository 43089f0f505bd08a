import { createHmac } from 'node:crypto';
import { jwt } from 'twilio';
import { expect, test } from '../../fixtures/rooms';

const { AccessToken } = jwt;

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

test('a token that is no good fails the connection with the code that says why', async ({ rooms, enter }) => {
  const { accountSid, keySid, keySecret } = rooms.credentials;
  const ada = await enter('Ada');

  /// As an application makes them, with Twilio's helper.
  const helped = (change: (token: jwt.AccessToken) => void, account = accountSid, key = keySid, secret = keySecret, options = {}): string => {
    const token = new AccessToken(account, key, secret, { identity: 'Ada', ...options });
    token.addGrant(new AccessToken.VideoGrant({ room: 'r' }));
    change(token);
    return token.toJwt();
  };
  /// By hand.
  const forged = (header: object, claims: object, secret = keySecret): string => {
    const usual = { jti: `${keySid}-1`, iss: keySid, sub: accountSid, iat: now(), exp: now() + 600 };
    const text = [{ typ: 'JWT', alg: 'HS256', cty: 'twilio-fpa;v=1', ...header }, { ...usual, grants: { identity: 'Ada', video: {} }, ...claims }];
    const message = text.map(base64url).join('.');
    return `${message}.${createHmac('sha256', secret).update(message).digest('base64url')}`;
  };
  const nothing = (): void => {};
  const table: [string, string, number][] = [
    ['no token at all', 'nonsense', 20101],
    ['a payload of 300 kB', forged({}, { padding: 'x'.repeat(300_000) }), 20101],
    ['no algorithm', forged({ alg: 'none' }, {}), 20102],
    ['another algorithm', forged({ alg: 'HS512' }, {}), 20102],
    ['a public key\'s algorithm', forged({ alg: 'RS256' }, {}), 20102],
    ['another content type', forged({ cty: 'twilio-fpa;v=2' }, {}), 20102],
    ['another key', helped(nothing, accountSid, `SK${'0'.repeat(32)}`), 20103],
    ['another account', helped(nothing, `AC${'0'.repeat(32)}`), 20103],
    ['an expired one', helped(nothing, accountSid, keySid, keySecret, { ttl: -1 }), 20104],
    ['an expired one by hand', forged({}, { exp: now() - 1 }), 20104],
    ['an expiry in words', forged({}, { exp: `${now() + 600}` }), 20104],
    ['no expiry', forged({}, { exp: undefined }), 20104],
    ['longer than a day', helped(nothing, accountSid, keySid, keySecret, { ttl: 25 * 3600 }), 20104],
    ['one for tomorrow', helped(nothing, accountSid, keySid, keySecret, { nbf: now() + 3600 }), 20105],
    ['no grant for video', new AccessToken(accountSid, keySid, keySecret, { identity: 'Ada' }).toJwt(), 20106],
    ['no identity', forged({}, { grants: { video: {} } }), 20106],
    ['another secret', helped(nothing, accountSid, keySid, 'a guess'), 20107],
  ];
  for (const [name, token, code] of table) expect(await ada.refusal('r', { token }), name).toBe(code);
  expect(await ada.refusal('elsewhere', { token: helped(nothing) }), 'a grant for another room').toBe(20106);
  expect(await ada.join('r', { token: helped(nothing) }), 'and a good one opens it').toMatchObject({ name: 'r' });
  // Which of Twilio's regions made it says nothing here: there is one server.
  const ben = await enter('Ben');
  const regional = helped((token) => (token.identity = 'Ben'), accountSid, keySid, keySecret, { region: 'ie1' });
  expect(JSON.parse(Buffer.from(regional.split('.')[0]!, 'base64url').toString())).toMatchObject({ twr: 'ie1' });
  expect(await ben.join('r', { token: regional }), 'one for a region too').toMatchObject({ name: 'r' });
});
