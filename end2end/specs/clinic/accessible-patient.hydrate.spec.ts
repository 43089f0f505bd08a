import { expectAccessible } from '../../fixtures/axe';
import { Clinic, expect, quietClinic, test } from '../../fixtures/clinic';
import type { Participant } from '../../fixtures/participant';
import { QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

type Step = [state: string, how: (patient: Participant, clinic: Clinic) => Promise<unknown>, title: string];

const made = '00000000000000000000000000000000';
const press = ({ page }: Participant, name: string): Promise<void> => page.getByRole('button', { name }).click();
/// As a page of another site would send a form, which is refused in words.
const pressElsewhere = async ({ page }: Participant, address: string): Promise<void> => {
  await page.goto('about:blank');
  await page.setContent(`<form method="post" action="${address}"><button>Send</button></form>`);
  await page.getByRole('button', { name: 'Send' }).click();
};
const follow = ({ page }: Participant, name: string): Promise<void> => page.getByRole('link', { name }).click();
const come = ({ page }: Participant, clinic: Clinic, name: string): Promise<void> => clinic.comeByLink(page, name);

/// What a patient comes to beside a visit that goes well, each from the state before it.
const steps: Step[] = [
  ['no link at all', ({ page }, clinic) => page.goto(`${clinic.server.origin}/v`), 'Owl Hospital'],
  ['no session', ({ page }, clinic) => page.goto(`${clinic.server.origin}/visit`), 'Owl Hospital'],
  ['a wrong link', async (patient, clinic) => (await patient.page.goto(`${clinic.server.origin}/v#${made}`), press(patient, 'Continue')), 'Owl Hospital'],
  ['a wrong code', async (patient) => (await patient.page.getByLabel('Code').fill('AAAAA-AAAAA'), press(patient, 'Continue')), 'Owl Hospital'],
  ['too early', (patient, clinic) => come(patient, clinic, 'Petrova'), 'You are early'],
  ['a check-in that lacks all', async (patient, clinic) => {
    await come(patient, clinic, 'Adler');
    await patient.page.evaluate(() => (document.querySelector('main form') as HTMLFormElement).submit());
    await expect(patient.page.getByRole('alert')).toContainText('Please tick the box');
  }, 'Check in'],
  ['asked whether to cancel', async (patient) => (await new SeatPage(patient.page).checkIn(), follow(patient, 'I cannot come: cancel this visit')), 'Cancel this visit?'],
  ['left', async (patient) => {
    const seat = new SeatPage(patient.page);
    await follow(patient, 'No, keep it');
    await seat.saysReady();
    await seat.leave.click();
  }, 'You have left the waiting room'],
  ['cancelled', async (patient) => {
    await press(patient, 'Come back');
    await follow(patient, 'I cannot come: cancel this visit');
    await press(patient, 'Yes, cancel this visit');
  }, 'You have cancelled this visit'],
  ['what could not be done', (patient, clinic) => pressElsewhere(patient, `${clinic.server.origin}/visit/ready`), 'That did not work just now'],
  ['in Spanish', (patient, clinic) => come(patient, clinic, 'Gonzalez'), 'Registrarse'],
];

test('axe finds nothing where a patient comes too early, by a wrong link, half, goes, cancels, or reads Spanish @phone', async ({ arrive, clinic }) => {
  test.setTimeout(120_000);
  const patient = await arrive('patient');
  patient.watch.provokes(/status of 4\d\d/);
  for (const [state, how, title] of steps) {
    await how(patient, clinic);
    await expect(patient.page.getByRole('heading', { level: 1 }), state).toHaveText(title);
    await expectAccessible(patient, state);
  }
});

test('axe finds nothing where the clinic cancels, takes a link away, gives nobody up, or the place is on another device @phone', async ({ arrive, clinic }) => {
  test.setTimeout(120_000);
  const [patient, other, desk] = [await arrive('patient'), await arrive('patient'), await arrive('provider')];
  for (const person of [patient, other]) person.watch.provokes(/status of 4\d\d/);
  const [seat, queue] = [new SeatPage(patient.page), new QueuePage(desk.page)];
  await clinic.logIn(desk.page, 'Ferreira');
  await queue.interactive();
  const row = queue.row('expected', 'Gonzalez');
  await row.getByRole('button', { name: 'Did not come' }).click();
  await expectAccessible(desk, 'will nobody come?');
  await row.getByRole('button', { name: 'End it: did not come' }).click();
  await expect(row).toHaveCount(0);
  await come(patient, clinic, 'Gonzalez');
  await expect(seat.heading).toHaveText('Le hemos echado de menos');
  await expectAccessible(patient, 'missed');

  await come(patient, clinic, 'Adler');
  await seat.checkIn();
  await seat.saysReady();
  await come(other, clinic, 'Adler');
  await expect(seat.heading).toHaveText('Your visit is open on another device');
  await expectAccessible(patient, 'on another device');
  await expect(queue.row('waiting', 'Adler')).toBeVisible();
  await expectAccessible(desk, 'queue of the front desk, with somebody who waits and others expected');
  await desk.page.goto(`${clinic.server.origin}/clinic/appointments/${clinic.visitOf('Adler').id}`);
  await desk.page.getByLabel('Yes, call this visit off').check();
  await desk.page.getByRole('button', { name: 'Call off' }).click();
  await expect(new SeatPage(other.page).heading).toHaveText('The clinic had to cancel this visit');
  await expectAccessible(other, 'cancelled by the clinic');

  await desk.page.goto(`${clinic.server.origin}/clinic/appointments/${clinic.visitOf('Rahimi').id}`);
  await desk.page.getByRole('button', { name: 'Take all links away' }).click();
  await patient.page.goto(clinic.visitOf('Rahimi').link);
  await press(patient, 'Continue');
  await expect(patient.page.getByRole('alert')).toContainText('This link is no longer good');
  await expectAccessible(patient, 'a link that was taken away');
});

for (const [by, field, wrong] of [
  ['birth-date', 'Your date of birth', '1900-01-01'],
  ['name', 'Your family name', 'Somebody'],
] as const) {
  test(`axe finds nothing where a patient says by ${by} who they are @phone`, async ({ arrive, startServer }) => {
    const clinic = new Clinic(await startServer({ env: { CONFIRM_IDENTITY: by }, before: quietClinic }));
    const patient = await arrive('patient', { origin: clinic.server.origin });
    patient.watch.provokes(/status of 4\d\d/);
    await come(patient, clinic, 'Adler');
    await expectAccessible(patient, 'who are you?');
    await patient.page.getByLabel(field).fill(wrong);
    await press(patient, 'Continue');
    await expect(patient.page.getByRole('alert')).toContainText('not what the clinic has written down');
    await expectAccessible(patient, 'wrong');
  });
}
