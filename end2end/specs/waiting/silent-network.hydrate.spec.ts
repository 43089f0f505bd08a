import { expect, test as base } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';
import { type Laboratory, laboratory } from '../../fixtures/laboratory';
import type { Participant } from '../../fixtures/participant';
import { watchEnds } from '../../fixtures/sdk-ends';

interface Set {
  lab: Laboratory;
  patient: Participant;
  provider: Participant;
  far: 'patient' | 'provider';
}

const test = base.extend<Set>({
  far: ['patient', { option: true }],
  lab: laboratory,
  server: async ({ lab, startServer }, use) => {
    await use(await startServer({ address: lab.address, under: lab.under('near') }));
  },
  patient: async ({ arrive, lab, server, far }, use) => {
    await use(await arrive('patient', lab.inhabitant(far === 'patient' ? 'far' : 'near', server.origin)));
  },
  provider: async ({ arrive, lab, server, far }, use) => {
    await use(await arrive('provider', lab.inhabitant(far === 'provider' ? 'far' : 'near', server.origin)));
  },
});

test.beforeEach(({ patient, provider }) => {
  test.setTimeout(240_000);
  for (const side of [patient, provider]) side.watch.provokesNetworkTrouble();
});

const slowly = { timeout: 60_000 };

test("the patient's network is silently dead for 60 s: the provider is told, and she comes back by herself", async ({
  lab,
  patient,
  provider,
}) => {
  await meet(patient, provider);
  lab.goSilent();
  const clock = provider.waitForClock(60_000);
  await expect(provider.page.getByRole('article')).toHaveCount(0, slowly);
  await expect(patient.waitingRoom).toBeVisible(slowly);
  await clock;
  await provider.expectPhase('in-room');

  lab.speakAgain();
  await expect(patient.page.getByRole('article')).toHaveCount(1, slowly);
  await expectConversation(patient, provider);
});

test.describe(() => {
  test.use({ far: 'provider' });

  test("the provider's network is silently dead for 60 s: the patient waits, then they meet again by themselves", async ({
    lab,
    patient,
    provider,
  }) => {
    await meet(patient, provider);
    lab.goSilent();
    const clock = patient.waitForClock(60_000);
    await expect(patient.waitingRoom).toBeVisible(slowly);
    await clock;
    await patient.expectPhase('in-room');
    await patient.expectAlone();

    lab.speakAgain();
    await expect(patient.waitingRoom).toBeHidden(slowly);
    await expectConversation(patient, provider);
  });
});

// The SDK mends what it can first (reconnecting); only when it gives up does the page come back by itself (rejoining).
test('53405: media lost for good, while both still hear the room server, makes the page rejoin by itself once it is back', async ({
  lab,
  patient,
  provider,
}) => {
  await patient.open();
  const ends = await watchEnds(patient);
  await patient.joinRoom();
  await provider.open();
  await provider.joinRoom();
  await patient.expectSees('Provider', provider.colour);
  const phases = await patient.phasesSeen(async () => {
    lab.loseMedia();
    await patient.page.waitForFunction(() => (window as unknown as { __phases: string[] }).__phases.includes('rejoining'), undefined, slowly);
    await expect(patient.join, 'nothing to press').toBeHidden();
    lab.regainMedia();
    await expectConversation(patient, provider);
  });
  expect(await ends()).toContain(53405);
  for (const phase of phases) expect(['in-room', 'reconnecting', 'rejoining']).toContain(phase);
  expect(phases.at(-1)).toBe('in-room');
});
