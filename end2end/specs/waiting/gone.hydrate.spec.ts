import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';
import type { Participant } from '../../fixtures/participant';

// Every way in which one side can vanish: the other is told, keeps its own call, and meets who comes instead. It is told soon: the
// session would be kept for 30 s.
test.use({ serverOptions: { env: { SESSION_TIMEOUT: '30s' } } });

/// `within`: milliseconds. Who vanishes without a word is given 4 s, and a busy machine some more; a page that is closed says so.
const ways: { how: string; within: number; vanish: (who: Participant) => Promise<void> | void }[] = [
  { how: 'closes the tab', within: 3_000, vanish: (who) => who.page.close({ runBeforeUnload: false }) },
  { how: "'s tab crashes", within: 12_000, vanish: (who) => who.crashTab() },
  { how: "'s browser is killed", within: 12_000, vanish: (who) => who.killBrowser() },
];

for (const { how, within, vanish } of ways) {
  const verb = how.startsWith("'") ? how : ` ${how}`;

  test(`invariant 1: when the provider${verb}, the patient waits again, stays in the room and meets the next provider`, async ({
    arrive,
    patient,
    provider,
  }) => {
    test.setTimeout(120_000);
    await meet(patient, provider);
    const left = Date.now();
    await vanish(provider);
    await patient.expectAlone();
    expect(Date.now() - left, 'milliseconds').toBeLessThan(within);
    await patient.expectWaiting();
    await patient.expectPhase('in-room');

    const next = await arrive('provider', { colour: 'yellow' });
    await next.open();
    await next.joinRoom();
    await expectConversation(patient, next);
  });

  test(`when the patient${verb}, the provider is alone and meets the next patient`, async ({ arrive, patient, provider }) => {
    test.setTimeout(120_000);
    await meet(patient, provider);
    const left = Date.now();
    await vanish(patient);
    await provider.expectAlone();
    expect(Date.now() - left, 'milliseconds').toBeLessThan(within);
    await provider.expectPhase('in-room');

    const next = await arrive('patient', { colour: 'green' });
    await next.open();
    await next.joinRoom();
    await expectConversation(next, provider);
  });
}

// 53405: the SDK of who stays would give the call up 30 s later, were the dead pair not closed.
test('who survives a killed browser is still in the same room long after the dead connection has failed', async ({ patient, provider }) => {
  test.setTimeout(120_000);
  await meet(patient, provider);
  const connections = await patient.connectionStates();
  expect(connections).toContain('connected');
  await provider.killBrowser();
  await patient.expectAlone();
  await expect.poll(() => patient.connectionStates(), { message: 'the pair is closed' }).not.toContain('connected');
  const phases = await patient.phasesSeen(async () => patient.waitForClock(35_000));
  expect(phases, 'neither reconnecting nor rejoining').toEqual(['in-room']);
  await patient.expectWaiting();
});
