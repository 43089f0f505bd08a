import { expect, test as base } from '../../fixtures';
import { Front } from '../../fixtures/front';
import { expectConversation, meet } from '../../fixtures/journeys';
import type { ParticipantOptions } from '../../fixtures/participant';
import { freePort, OwlServer } from '../../fixtures/server';
import { TlsDoor, trustAnything } from '../../fixtures/tls';

// An instance that believes it works with Twilio. Twilio's signalling name leads, in the browser only, to an embedded room
// server behind TLS that knows the same account. Address, token, origin and content policy are the real ones.

const TWILIO = 'global.vss.twilio.com';

interface Stage {
  clinic: OwlServer;
  front: Front;
  visitor: ParticipantOptions;
  secret: string | undefined;
  policy: { withoutTwilio: boolean };
}

const test = base.extend<Stage>({
  secret: [undefined, { option: true }],
  policy: async ({}, use) => use({ withoutTwilio: false }),
  clinic: async ({ startServer, server, secret }, use) => {
    const { accountSid, keySid, keySecret } = server.credentials;
    const env = { TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_KEY: keySid, TWILIO_API_SECRET: secret ?? keySecret };
    await use(await startServer({ port: clinicPort, env }));
  },
  front: async ({ clinic, policy }, use) => {
    const front = await Front.before(clinic.port, {
      port: frontPort,
      headers: (headers) => {
        const csp = headers['content-security-policy'];
        if (!csp || !policy.withoutTwilio) return headers;
        expect(csp).toContain(TWILIO);
        return { ...headers, 'content-security-policy': String(csp).replaceAll(/(wss|https):\/\/\S*twilio\.com/g, '') };
      },
    });
    await use(front);
    await front.close();
  },
  visitor: async ({ server, clinic }, use) => {
    const door = await TlsDoor.before(server.port, TWILIO);
    await use({
      origin: clinic.origin,
      allowedOrigins: [`https://${TWILIO}`],
      names: [`MAP ${TWILIO}:443 127.0.0.1:${door.port}`],
      flags: trustAnything,
    });
    door.close();
  },
});

let clinicPort: number;
let frontPort: number;
test.beforeAll(async () => {
  clinicPort = await freePort();
  frontPort = await freePort();
});
test.use({
  serverOptions: async ({}, use) =>
    use({ env: { SIGNALING_ORIGINS: `http://localhost:${clinicPort},http://localhost:${frontPort}` } }),
});

test("with Twilio's credentials a whole call goes through Twilio's address", async ({ arrive, visitor }) => {
  const patient = await arrive('patient', visitor);
  const provider = await arrive('provider', visitor);
  await meet(patient, provider);
  await expectConversation(patient, provider);
  for (const side of [patient, provider]) {
    const sockets = side.watch.requests.filter((url) => url.startsWith('ws'));
    expect(sockets.length).toBeGreaterThan(0);
    for (const socket of sockets) expect(socket).toMatch(new RegExp(`^wss://${TWILIO}/`));
  }
  await provider.leaveRoom();
  await patient.expectWaiting();
});

test("without Twilio's source in the content policy the same page cannot connect", async ({ arrive, visitor, front, policy }) => {
  test.setTimeout(90_000);
  const patient = await arrive('patient', { ...visitor, origin: front.origin });
  await patient.open();
  await patient.joinRoom();
  await patient.leaveRoom();

  policy.withoutTwilio = true;
  patient.watch.provokes(/Content Security Policy/i, /CSP: connect-src blocked wss:\/\/global\.vss\.twilio\.com/, /WebSocket/);
  await patient.open();
  await patient.join.click();
  await expect(patient.page.locator('main[data-phase="failed"]')).toBeVisible({ timeout: 30_000 });
  await patient.expectFailure('unreachable');
  await patient.expectUsableAgain();
  expect(patient.watch.violations.join()).toContain(`connect-src blocked wss://${TWILIO}`);
});

test.describe('with a wrong secret', () => {
  test.use({ secret: 'a-secret-that-the-account-does-not-have' });

  test('the token is refused, and the page says so', async ({ arrive, visitor }) => {
    const patient = await arrive('patient', visitor);
    await patient.open();
    await patient.join.click();
    await patient.expectFailure('token');
    await patient.expectUsableAgain();
  });
});

test('with Twilio the open demo answers nobody but this machine', async ({ clinic, request }) => {
  for (const path of ['/patient', '/token?identity=patient-abc']) {
    expect((await request.get(clinic.origin + path)).status(), path).toBe(200);
    const forwarded = await request.get(clinic.origin + path, { headers: { 'X-Forwarded-For': '192.0.2.1' } });
    expect(forwarded.status(), `${path} through a proxy`).toBeGreaterThanOrEqual(400);
    const named = await request.get(clinic.origin + path, { headers: { Host: 'clinic.example' } });
    expect(named.status(), `${path} under another name`).toBeGreaterThanOrEqual(400);
  }
});
