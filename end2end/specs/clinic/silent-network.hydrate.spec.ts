import { Clinic, quietClinic } from '../../fixtures/clinic';
import { expect, test as base } from '../../fixtures';
import { type Laboratory, laboratory } from '../../fixtures/laboratory';
import { certificateFiles, trustAnything } from '../../fixtures/tls';
import { QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

/// Over https, since this is another machine: browsers send no cookie of a clinic otherwise.
const test = base.extend<{ lab: Laboratory }>({
  lab: laboratory,
  serverOptions: async ({ lab }, use) => {
    const { certificate, key, remove } = await certificateFiles();
    const env = { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key };
    await use({ address: lab.address, under: lab.under('near'), https: true, env, before: quietClinic });
    remove();
  },
});

/// A beat every 15 s; what nobody acknowledges for 45 s is lost, and who is gone for 30 s is away.
const slowly = { timeout: 110_000 };

test('a network that dies without a word is noticed on both sides, and the wait goes on when it is back', async ({ arrive, lab, server }) => {
  test.setTimeout(240_000);
  const clinic = new Clinic(server);
  const inhabitant = (side: 'near' | 'far') => {
    const { flags, ...rest } = lab.inhabitant(side, server.origin);
    return { ...rest, flags: [...flags, ...trustAnything] };
  };
  const [patient, provider] = [await arrive('patient', inhabitant('far')), await arrive('provider', inhabitant('near'))];
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
