import { expect, test } from '../../fixtures';
import { expectConversation } from '../../fixtures/journeys';

/// Two nodes of a clinic and the room server that they share, each a process of its own.
test('people who come by different nodes meet, also after the room server has restarted', async ({ startServer, arrive }) => {
  test.setTimeout(120_000);
  const rooms = await startServer({ args: ['rooms'] });
  const { accountSid, keySid, keySecret } = rooms.credentials;
  const node = {
    env: { ROOMS_URL: rooms.origin, TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_KEY: keySid, TWILIO_API_SECRET: keySecret },
  };
  const [one, two] = [await startServer(node), await startServer(node)];
  const patient = await arrive('patient', { origin: one.origin });
  const provider = await arrive('provider', { origin: two.origin });
  for (const side of [patient, provider]) side.watch.provokesNetworkTrouble();
  await patient.open();
  await patient.joinRoom();
  await patient.expectWaiting();
  await provider.open();
  await provider.joinRoom();
  await expectConversation(patient, provider);

  expect(await rooms.stop(), 'an orderly end').toBe(0);
  for (const side of [patient, provider]) await expect(side.page.getByRole('main')).not.toHaveAttribute('data-phase', 'in-room');
  await rooms.run();
  for (const side of [patient, provider]) await side.expectInRoom();
  await expectConversation(patient, provider);

  await provider.leaveRoom();
  await patient.expectWaiting();
});

test('the start page of a node says what connects the calls', async ({ startServer, arrive }) => {
  const rooms = await startServer({ args: ['rooms'] });
  const { accountSid, keySid, keySecret } = rooms.credentials;
  const env = { ROOMS_URL: rooms.origin, TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_KEY: keySid, TWILIO_API_SECRET: keySecret };
  const { origin } = await startServer({ env });
  const visitor = await arrive('patient', { origin });
  await visitor.page.goto(origin);
  await expect(visitor.page.getByRole('heading', { name: 'Video engine: our own room server' })).toBeVisible();
});
