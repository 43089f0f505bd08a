import { expect, test } from '../../fixtures';
import { Front } from '../../fixtures/front';
import { meet } from '../../fixtures/journeys';

test('a server that is gone is told, and joining works once it is back', async ({ server, patient, provider }) => {
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await server.kill();
  await patient.join.click();
  await patient.expectFailure('unreachable');
  await patient.expectUsableAgain();

  await server.run();
  await patient.joinRoom();
  await patient.expectWaiting();
  await expect(patient.page.getByRole('alert')).toHaveCount(0);
  await provider.open();
  await provider.joinRoom();
  await patient.expectSees('Provider', provider.colour);
});

test('a room server that does not answer is told', async ({ arrive, server }) => {
  const front = await Front.before(server.port, { deaf: /signaling/ });
  const patient = await arrive('patient', { origin: front.origin });
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await patient.join.click();
  await expect(patient.page.locator('main[data-phase="failed"]')).toBeVisible({ timeout: 30_000 });
  await patient.expectFailure('unreachable');
  await patient.expectUsableAgain();
  await front.close();
});

test('a demo that was turned off while the page was open refuses the token, and the page says so', async ({ server, startServer, patient }) => {
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await server.stop();
  await startServer({ port: server.port, env: { DEMO: 'off' } });
  await patient.join.click();
  await patient.expectFailure('token');
  await patient.expectUsableAgain();
});

test('a room that somebody completes is over: the page says so and does not go back by itself', async ({ arrive, server, provider }) => {
  const front = await Front.before(server.port);
  const patient = await arrive('patient', { origin: front.origin });
  await meet(patient, provider);
  front.say({ type: 'disconnected', status: 'completed' });
  await patient.expectFailure('completed');
  await patient.expectUsableAgain();
  await provider.expectAlone();
  await front.close();
});

test('a room that cannot be opened is told as such, not as a lost connection', async ({ arrive, server }) => {
  const front = await Front.before(server.port, {
    says: (frame) =>
      frame.body?.type === 'connected' ? { ...frame, body: { type: 'error', code: 53103, message: 'Unable to create Room' } } : frame,
  });
  const patient = await arrive('patient', { origin: front.origin });
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await patient.join.click();
  await patient.expectFailure('no-room');
  await patient.expectUsableAgain();
  await front.close();
});
