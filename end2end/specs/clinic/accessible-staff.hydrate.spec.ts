import type { Page } from '@playwright/test';
import { expectAccessible } from '../../fixtures/axe';
import { type Clinic, expect, test } from '../../fixtures/clinic';
import { CarePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';
import { totp } from '../../fixtures/totp';

type Step = [state: string, how: (page: Page, clinic: Clinic) => Promise<unknown>, shows: string | RegExp];

const day = new Date().toISOString().slice(0, 10);
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();
const go = (page: Page, clinic: Clinic, path: string): Promise<unknown> => page.goto(`${clinic.server.origin}${path}`);
const choose = (page: Page, lines: string): Promise<void> =>
  page.getByLabel('The list').setInputFiles({ name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) });
/// As a browser of before sends a form: what is missing is the server's to find.
const unchecked = (page: Page): Promise<void> => page.evaluate(() => document.querySelectorAll('form').forEach((form) => (form.noValidate = true)));
const appointment = (clinic: Clinic): string => `/clinic/appointments/${clinic.visitOf('Brandt').id}`;

const list = `name,birth date,provider,date,time\nRosa Lind,1970-02-03,Dr. Ada Okafor,${day},23:59\nNobody,wrong,Dr. Who,${day},25:00\n`;

/// Everything that the front desk can come to, each from the state before it.
const desk: Step[] = [
  ['an appointment', (page, clinic) => go(page, clinic, appointment(clinic)), 'Olive Brandt'],
  ['a link made', (page) => press(page, 'Make a new link'), 'The link for the patient'],
  ['a guest invited', (page) => press(page, 'Invite a guest'), 'has not opened the link yet'],
  ['links taken away', (page) => press(page, 'Take all links away'), 'Olive Brandt'],
  ['moved to a time that is over', async (page) => (await page.getByLabel('Day').fill('2020-01-01'), press(page, 'Move appointment')), 'This time is over'],
  ['correcting', (page, clinic) => go(page, clinic, `${appointment(clinic)}/correct`), 'Birth date'],
  ['corrected wrongly', async (page) => (await unchecked(page), await page.getByLabel('Birth date').fill(''), press(page, 'Save')), 'birth date is missing'],
  ['what happened before anybody came', (page, clinic) => go(page, clinic, `/clinic/visits/${clinic.visitOf('Brandt').id}/replay`), 'What happened in this visit'],
  ['the visit’s page', (page, clinic) => go(page, clinic, `/clinic/visits/${clinic.visitOf('Brandt').id}`), 'The patient has not come yet.'],
  ['called off', async (page, clinic) => (await go(page, clinic, appointment(clinic)), await page.getByLabel('Yes, call this visit off').check(), press(page, 'Call off')), 'Olive Brandt'],
  ['erased', async (page) => (await page.getByLabel('Yes, erase').check(), press(page, 'Erase')), 'are erased'],
  ['a new appointment, wrong', async (page, clinic) => (await go(page, clinic, '/clinic/appointments/new'), await unchecked(page), press(page, 'Make appointment')), 'name is missing'],
  ['a list of nothing', async (page, clinic) => (await go(page, clinic, '/clinic/import'), await choose(page, '\n'), press(page, 'Read the list')), 'The list is empty'],
  ['a list, half wrong', async (page) => (await choose(page, list), press(page, 'Read the list')), 'Is this right?'],
  ['a list made', (page) => press(page, 'Make the 1 appointment'), '1 appointment was made'],
  ['an admin’s page', (page, clinic) => go(page, clinic, '/admin'), 'This page is not for your account'],
  ['an appointment that is not', (page, clinic) => go(page, clinic, '/clinic/appointments/00000000000000000000000000000000'), /./],
];

const account: Step[] = [
  ['somebody new, of a known address', async (page, clinic) => {
    await go(page, clinic, '/admin');
    await page.getByLabel('Name, as patients read it').fill('Dr. Two');
    await page.getByLabel('E-mail address').fill(clinic.person('Okafor').email);
    await press(page, 'Make account and link');
  }, /already|known|has an account/],
  ['an invitation', async (page) => (await page.getByLabel('E-mail address').fill('new@owl.example'), press(page, 'Make account and link')), 'A link for Dr. Two'],
  ['what can be changed', (page) => page.getByText('Change', { exact: true }).last().click(), 'Disable and log out'],
  ['disabled', (page) => page.getByRole('button', { name: 'Disable and log out' }).last().click(), 'Disabled'],
  ['codes begun', async (page, clinic) => (await go(page, clinic, '/account'), press(page, 'Set up codes')), 'type this key'],
  ['a wrong code', async (page) => (await page.getByLabel('The code that the app shows then').fill('000000'), press(page, 'Switch codes on')), /code/],
  ['codes on', async (page) => {
    await page.getByLabel('The code that the app shows then').fill(totp(await page.locator('.handed').innerText()));
    await press(page, 'Switch codes on');
  }, 'If you lose your phone'],
  ['a patient’s page', (page, clinic) => go(page, clinic, '/clinic'), 'This page is not for your account'],
  ['logged out, and a wrong password', async (page) => {
    await press(page, 'Log out');
    await page.getByLabel('E-mail address').fill('nobody@owl.example');
    await page.getByLabel('Password').fill('wrong');
    await press(page, 'Log in');
  }, /wrong|not right|do not fit/],
  ['the session has ended', (page, clinic) => go(page, clinic, '/login?ended'), 'You are logged out'],
  ['an invitation without its secret', (page, clinic) => go(page, clinic, '/welcome'), 'This page needs the whole link'],
  ['an invitation that is not', (page, clinic) => go(page, clinic, '/welcome?again#00000000000000000000000000000000'), 'Your new password'],
];

for (const [who, name, steps] of [
  ['the front desk', 'Ferreira', desk],
  ['an admin', 'Vale', account],
] as const) {
  test(`axe finds nothing in any state that ${who} comes to @phone`, async ({ arrive, clinic }) => {
    test.setTimeout(180_000);
    const staff = await arrive('provider');
    staff.watch.provokes(/status of 4\d\d/);
    await clinic.logIn(staff.page, name);
    for (const [state, how, shows] of steps) {
      await how(staff.page, clinic);
      await expect(staff.page.locator('body'), state).toContainText(shows);
      await expectAccessible(staff, state);
    }
  });
}

test('axe finds nothing on a colleague’s visit @phone', async ({ clinic, patient, provider }) => {
  const [seat, care] = [new SeatPage(patient.page), new CarePage(provider.page)];
  await clinic.comeToWait(seat, 'Adler');
  await clinic.logIn(provider.page, 'Okafor');
  await go(provider.page, clinic, `/clinic/visits/${clinic.visitOf('Adler').id}`);
  await care.interactive();
  await expect(provider.page.getByRole('button', { name: 'Take over' })).toBeVisible();
  await expectAccessible(provider, 'a colleague’s visit');
});
