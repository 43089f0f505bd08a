import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';

test.beforeEach(async ({ patient, provider }) => {
  test.setTimeout(120_000);
  for (const side of [patient, provider]) side.watch.provokesNetworkTrouble();
  await meet(patient, provider);
});

const ends = {
  'stopped in order and started again': 'stop',
  'killed and started again': 'kill',
} as const;

for (const [how, end] of Object.entries(ends)) {
  test(`when the server is ${how} mid-call, both pages are together again by themselves`, async ({ server, patient, provider }) => {
    const identity = await patient.identity();
    const code = await server[end]();
    if (end === 'stop') expect(code, 'an orderly end').toBe(0);
    for (const side of [patient, provider]) await expect(side.page.getByRole('main')).not.toHaveAttribute('data-phase', 'in-room');
    await server.run();
    for (const side of [patient, provider]) await expect(side.leave).toBeVisible();
    await patient.expectInRoom();
    await provider.expectInRoom();
    await expectConversation(patient, provider);
    expect(await patient.identity()).toBe(identity);
    await expect(provider.remote('Patient'), 'no ghost').toHaveCount(1);
    await expect(patient.remote('Provider'), 'no ghost').toHaveCount(1);
  });
}
