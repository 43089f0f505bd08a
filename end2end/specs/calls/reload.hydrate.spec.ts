import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';

test('invariant 4: a reload takes over its own seat silently: same identity, listed once', async ({ patient, provider }) => {
  await meet(patient, provider);
  const identity = await patient.identity();

  await patient.page.reload();
  await patient.interactive();
  await patient.joinRoom();

  expect(await patient.identity()).toBe(identity);
  await expect(patient.page.getByRole('alert')).toHaveCount(0);
  await expect(provider.remote('Patient')).toHaveCount(1);
  await expect(provider.remote('Patient')).toHaveAttribute('data-identity', identity);
  await expectConversation(patient, provider);
});

test('invariant 1: a provider who reloads is away as long as that takes: the campfire shows, and then the provider again', async ({ patient, provider }) => {
  await meet(patient, provider);
  const identity = await provider.identity();
  await provider.page.reload();
  await patient.expectWaiting();
  await provider.interactive();
  await provider.joinRoom();
  await expectConversation(patient, provider);
  expect(await provider.identity()).toBe(identity);
  await expect(patient.remote('Provider')).toHaveCount(1);
});

test('invariant 3: another tab is another person', async ({ patient }) => {
  await patient.open();
  await patient.joinRoom();
  const other = await patient.anotherTab();
  await other.open();
  await other.joinRoom();
  expect(await other.identity()).not.toBe(await patient.identity());
  await expect(patient.remote('Patient')).toHaveCount(1);
});
