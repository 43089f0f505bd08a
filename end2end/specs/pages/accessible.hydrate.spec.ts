import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../../fixtures';
import type { Participant } from '../../fixtures/participant';

// Axe itself puts a style sheet into the page: inline, and from no file of ours.
const axeOwn = [/^CSP: style-src-elem blocked inline \(:/, /Applying inline style violates/];

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function expectAccessible(visit: Participant, state: string): Promise<void> {
  visit.watch.provokes(...axeOwn);
  const { violations } = await new AxeBuilder({ page: visit.page }).withTags(rules).analyze();
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`);
  expect(told, state).toEqual([]);
}

const looks = [
  { look: 'as it comes', context: {} },
  { look: 'in dark colours', context: { colorScheme: 'dark' } },
  { look: 'in light colours', context: { colorScheme: 'light' } },
  { look: 'with more contrast and in forced colours', context: { contrast: 'more', forcedColors: 'active' } },
] as const;

for (const { look, context } of looks) {
  test(`axe finds nothing on any page in any state, ${look} @phone`, async ({ arrive, server }) => {
    test.setTimeout(120_000);
    const patient = await arrive('patient', { context });
    const provider = await arrive('provider', { context });
    await patient.page.goto(server.origin);
    await expectAccessible(patient, 'welcome');
    await patient.open();
    await expectAccessible(patient, 'patient, ready');
    await patient.joinRoom();
    await patient.expectWaiting();
    await expectAccessible(patient, 'waiting room');
    await provider.open();
    await expectAccessible(provider, 'provider, ready');
    await provider.joinRoom();
    await patient.expectSees('Provider', provider.colour);
    await provider.expectSees('Patient', patient.colour);
    await expectAccessible(patient, 'patient, in the call');
    await expectAccessible(provider, 'provider, in the call');
    await patient.leaveRoom();
    await expectAccessible(patient, 'patient, left');

    const refused = await arrive('patient', { context, devices: 'deny' });
    await refused.open();
    await refused.join.click();
    await refused.expectFailure('denied');
    await expectAccessible(refused, 'error');
  });
}
