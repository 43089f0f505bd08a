import { join } from 'node:path';
import { Clinic, quietClinic } from '../../fixtures/clinic';
import { expect, test as base } from '../../fixtures';
import { Postgres } from '../../fixtures/postgres';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

const test = base.extend<{ postgres: Postgres }>({
  postgres: async ({}, use) => {
    const postgres = await Postgres.start();
    await use(postgres);
    await postgres.stop();
  },
});

/// Two nodes of a clinic, one PostgreSQL and one room server, each a process of its own.
test('patient and provider at different nodes have a whole visit, also when a node is killed in it', async ({ postgres, startServer, arrive }) => {
  test.setTimeout(180_000);
  const rooms = await startServer({ args: ['rooms'], env: { CLIENT_SIDE_ROOM_CREATION: 'off' } });
  const { accountSid, keySid, keySecret } = rooms.credentials;
  const env = {
    DATABASE_URL: postgres.url,
    ROOMS_URL: rooms.origin,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_API_KEY: keySid,
    TWILIO_API_SECRET: keySecret,
  };
  const one = await startServer({ env, before: quietClinic });
  // Nodes of one database seal its audit with one key.
  const two = await startServer({ env: { ...env, AUDIT_KEY_FILE: join(one.dataDir, 'audit.key') } });
  const patients = new Clinic(one);
  const providers = new Clinic(two, patients.data);
  const patient = await arrive('patient', { origin: one.origin });
  const provider = await arrive('provider', { origin: two.origin });
  for (const side of [patient, provider]) side.watch.provokesNetworkTrouble();
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(provider.page), new CarePage(provider.page)];
  const status = patient.page.getByRole('status').first();

  await patients.comeToWait(seat, 'Adler');
  await expect(status).not.toContainText('is here');
  await providers.logIn(provider.page, 'Lindqvist');
  await queue.interactive();
  await expect(queue.row('waiting', 'Adler')).toBeVisible();
  await expect(status, 'a provider at another node is at their desk').toContainText('is here and will call you in. You are next.');

  await one.kill();
  await expect(status).toContainText('You keep your place.');
  await one.run();
  await expect(status).toContainText('is here and will call you in. You are next.');

  await queue.admit('Adler');
  await care.interactive();
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);
  await care.expectHears('Patient', patient.colour);
  await seat.expectHears('Provider', provider.colour);

  await two.kill();
  await two.run();
  await care.press('Step out');
  await seat.expectStage('stepped-out');
  await care.press('Come back');
  await seat.expectSees('Provider', provider.colour);
  await care.expectSees('Patient', patient.colour);

  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
  await seat.expectNoCamera();
});
