import { expect, test } from '../../fixtures/clinic';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('who speaks Spanish reads Spanish, from check-in to the call and its end', async ({ arrive, clinic }) => {
  test.setTimeout(120_000);
  const [patient, provider] = [await arrive('patient'), await arrive('provider')];
  const { page } = patient;
  const [seat, queue, care] = [new SeatPage(page), new QueuePage(provider.page), new CarePage(provider.page)];
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await clinic.logIn(provider.page, clinic.visitOf('Gonzalez').provider);
  await queue.interactive();

  await clinic.comeByLink(page, 'Gonzalez');
  await expect(page.locator('html'), 'for who has the page read out').toHaveAttribute('lang', 'es');
  await expect(seat.heading).toHaveText('Registrarse');
  await page.getByLabel('¿Dónde está ahora?').fill('Calle del Roble 12, Springfield');
  await page.getByLabel('Su número de teléfono').fill('+1 555 0100');
  await page.getByRole('checkbox').check();
  await press('Registrarse');
  await press('Estoy listo');
  await seat.interactive();
  await expect(seat.heading).toHaveText('¡Gracias! Le atenderán en breve.');

  await queue.admit('Gonzalez');
  await care.interactive();
  await press('Empezar ahora');
  const [them, self] = [page.getByRole('article', { name: 'Profesional' }), page.getByLabel('Su imagen')];
  await expect(them.locator('video')).toBeVisible();
  await expect(self).toBeVisible();
  await expect(page.getByText('Su profesional está aquí.')).toBeVisible();
  await care.expectSees('Patient', patient.colour);
  await press('Silenciar el micrófono');
  await expect(provider.page.getByText('Patient (muted)')).toBeVisible();
  await press('Activar el micrófono');
  await press('Parar la cámara');
  await press('Activar la cámara');
  await press('Salir de la sala');
  await expect(page.getByText('Ha salido de la sala. Su cámara y su micrófono están apagados.')).toBeVisible();
  await expect(page.locator('main'), 'nothing is left in English').not.toContainText(/\b(the|your|room|camera|press)\b/i);
  await press('Entrar en la sala');
  await care.expectSees('Patient', patient.colour);

  await care.end();
  await expect(seat.heading).toHaveText('Gracias por su visita');
  await expect(page.locator('main')).not.toContainText(/\b(the|your|room|camera|press)\b/i);
  await seat.expectNoCamera();
});
