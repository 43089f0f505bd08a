import { expect, quietClinic, test as base } from '../../fixtures/clinic';
import { Laboratory } from '../../fixtures/laboratory';
import { QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

const test = base.extend<{ lab: Laboratory }>({
  lab: async ({}, use) => {
    const lab = await Laboratory.build();
    await use(lab);
    lab.dispose();
  },
  serverOptions: async ({ lab }, use) => {
    await use({ address: lab.address, under: lab.under('near'), before: quietClinic });
  },
});

/// A beat every 15 s; what nobody acknowledges for 45 s is lost, and who is gone for 30 s is away.
const slowly = { timeout: 110_000 };

test('a network that dies without a word is noticed on both sides, and the wait goes on when it is back', async ({ arrive, clinic, lab, server }) => {
  test.setTimeout(240_000);
  const patient = await arrive('patient', lab.inhabitant('far', server.origin));
  const provider = await arrive('provider', lab.inhabitant('near', server.origin));
  patient.watch.provokesNetworkTrouble();
  const [seat, queue] = [new SeatPage(patient.page), new QueuePage(provider.page)];
  await clinic.logIn(provider.page, 'Lindqvist');
  await queue.interactive();
  await clinic.comeToWait(seat, 'Adler', server.origin);
  const row = queue.row('waiting', 'Adler');
  await expect(row).toHaveAttribute('data-away', 'false');

  lab.goSilent();
  await expect(seat.status, 'the page says so').toContainText('You keep your place.', slowly);
  await expect(row, 'nobody is let in who is not there').toHaveAttribute('data-away', 'true', slowly);

  lab.speakAgain();
  await expect(row).toHaveAttribute('data-away', 'false', slowly);
  await expect(seat.status).toContainText('You are next.', slowly);
});
