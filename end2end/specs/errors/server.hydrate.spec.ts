import { expect, test } from '../../fixtures';
import { Front } from '../../fixtures/front';
import { expectConversation, meet } from '../../fixtures/journeys';
import { account, RoomServer } from '../../fixtures/room-server';

test('a server that is gone is told, and joining works once it is back', async ({ server, patient, provider }) => {
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await patient.prepared(); // or what is missing would be the page's own code
  await server.kill();
  await patient.join.click();
  await expect(await patient.expectFailure('unreachable')).toContainText('We cannot reach');
  await patient.expectUsableAgain();

  await server.run();
  await patient.joinAgain();
  await patient.expectWaiting();
  await provider.open();
  await provider.joinRoom();
  await patient.expectSees('Provider', provider.colour);
});

test('a room server that does not answer is told', async ({ arrive, server }) => {
  const front = await Front.before(server.port);
  const away = front.unplug(/signaling/);
  const patient = await arrive('patient', { origin: front.origin });
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await patient.join.click();
  await expect(patient.page.locator('main[data-phase="failed"]')).toBeVisible({ timeout: 30_000 });
  await patient.expectFailure('unreachable');
  await patient.expectUsableAgain();

  away.end();
  await patient.joinAgain();
  await patient.expectWaiting();
  await front.close();
});

test('a demo that was turned off while the page was open refuses the token, and the page says so', async ({ server, startServer, patient }) => {
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await server.stop();
  const closed = await startServer({ port: server.port, env: { DEMO: 'off' } });
  await patient.join.click();
  await patient.expectFailure('token');
  await patient.expectUsableAgain();

  await closed.stop();
  await server.run();
  await patient.joinAgain();
  await patient.expectWaiting();
});

test('a room that is completed over REST is over: the pages say so, do not go back by themselves, and can join again', async ({ arrive, startServer }) => {
  const rooms = new RoomServer(await startServer({ args: ['rooms'], env: account }));
  const { origin } = await startServer({ env: { ...account, ROOMS_URL: rooms.origin } });
  const [patient, provider] = [await arrive('patient', { origin }), await arrive('provider', { origin })];
  await meet(patient, provider);
  const api = rooms.twilio().video.v1.rooms;
  const [room, ...others] = await api.list({ status: 'in-progress' });
  expect(others, 'the demo has one room').toEqual([]);

  const phases = await patient.phasesSeen(async () => {
    await api(room!.sid).update({ status: 'completed' });
    for (const side of [patient, provider]) {
      await side.expectFailure('completed');
      await side.expectUsableAgain();
    }
  });
  expect(phases, 'without a try to come back').toEqual(['in-room', 'failed']);
  await patient.expectNotWaiting();

  for (const side of [patient, provider]) await side.joinAgain();
  await expectConversation(patient, provider);
  expect((await api.list({ status: 'in-progress' })).map(({ sid }) => sid), 'another room').not.toEqual([room!.sid]);
});

test('a room that cannot be opened is told as such, not as a lost connection', async ({ arrive, server }) => {
  let opens = false;
  const front = await Front.before(server.port, {
    says: (frame) =>
      frame.body?.type === 'connected' && !opens ? { ...frame, body: { type: 'error', code: 53103, message: 'Unable to create Room' } } : frame,
  });
  const patient = await arrive('patient', { origin: front.origin });
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await patient.join.click();
  await patient.expectFailure('no-room');
  await patient.expectUsableAgain();

  opens = true;
  await patient.joinAgain();
  await patient.expectWaiting();
  await front.close();
});
