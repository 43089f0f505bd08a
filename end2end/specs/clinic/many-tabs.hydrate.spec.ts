import { Clinic, quietClinic } from '../../fixtures/clinic';
import { expect, test } from '../../fixtures';
import { certificateFiles, trustAnything } from '../../fixtures/tls';
import { QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

/// Over https, as browsers reach a clinic: one HTTP/2 connection carries them all. (Over plain http a browser opens six.)
test('eight tabs of one browser all stay alive', async ({ startServer, arrive }) => {
  test.setTimeout(120_000);
  const files = await certificateFiles();
  const env = { TLS_CERT_FILE: files.certificate, TLS_KEY_FILE: files.key };
  const server = await startServer({ env, https: true, before: quietClinic });
  const clinic = new Clinic(server);
  const desk = await arrive('provider', { origin: server.origin, flags: trustAnything });
  await clinic.logIn(desk.page, 'Lindqvist');
  const tabs = [new QueuePage(desk.page)];
  while (tabs.length < 8) {
    const page = await desk.context.newPage();
    await page.goto(`${server.origin}/clinic`);
    tabs.push(new QueuePage(page));
  }
  for (const tab of tabs) await tab.interactive();

  const patient = await arrive('patient', { origin: server.origin, flags: trustAnything });
  const seat = new SeatPage(patient.page);
  await clinic.comeByLink(patient.page, 'Adler', server.origin);
  await seat.checkIn();
  await seat.saysReady();
  for (const tab of tabs) await expect(tab.row('waiting', 'Adler')).toBeVisible();

  // And the browser still gets whatever else it asks for.
  const ninth = await desk.context.newPage();
  await ninth.goto(`${server.origin}/account`);
  await expect(ninth.getByRole('heading', { level: 1 })).toBeVisible();
  await seat.leave.click();
  for (const tab of tabs) await expect(tab.row('waiting', 'Adler')).toBeHidden();
  files.remove();
});
