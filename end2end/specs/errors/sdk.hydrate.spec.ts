import { expect, test } from '../../fixtures';
import { Front } from '../../fixtures/front';
import { expectConversation } from '../../fixtures/journeys';

const scripts = (name: RegExp, { watch }: { watch: { requests: string[] } }): number => watch.requests.filter((url) => name.test(url)).length;

test('an SDK that cannot be loaded is told with what to do, nobody is asked for a camera, and joining works once it comes', async ({
  arrive,
  server,
  provider,
}) => {
  const front = await Front.before(server.port);
  const patient = await arrive('patient', { origin: front.origin });
  patient.watch.provokesNetworkTrouble();
  await provider.open();
  await provider.joinRoom();
  // It is asked for by itself at first, and by each press on Join after that.
  const away = front.unplug(/^\/vendor\//);
  await patient.open();
  await expect.poll(() => scripts(/\/vendor\/twilio-video/, patient)).toBe(1);
  for (const asked of [2, 3]) {
    await patient.join.click();
    const alert = await patient.expectFailure('unreachable');
    await expect(alert).toContainText('Reload this page, then press Join Room');
    await patient.expectUsableAgain({ camera: 'never on' });
    expect(scripts(/\/vendor\/twilio-video/, patient)).toBe(asked);
  }

  away.end();
  await patient.joinAgain();
  await expectConversation(patient, provider);
  await front.close();
});
