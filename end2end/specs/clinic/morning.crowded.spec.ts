import { expect, test } from '../../fixtures/clinic';
import type { Participant } from '../../fixtures/participant';
import { Sightings } from '../../fixtures/sightings';
import type { Colour } from '../../media/palette';
import { AppointmentPage } from '../../pages/appointment';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

interface Seated {
  person: Participant;
  seat: SeatPage;
  saw: Sightings;
}

interface AtDesk {
  person: Participant;
  queue: QueuePage;
  care: CarePage;
  saw: Sightings;
}

/// They see and hear each other, and the campfire is out.
async function expectTalk(patient: Seated, provider: AtDesk): Promise<void> {
  await patient.seat.expectSees('Provider', provider.person.colour);
  await provider.care.expectSees('Patient', patient.person.colour);
  await patient.seat.expectHears('Provider', provider.person.colour);
  await provider.care.expectHears('Patient', patient.person.colour);
  await expect(patient.seat.campfire).toBeHidden();
}

test('a morning: three patients and two providers, sent back, handed over, ended, and one who comes twice; nobody meets a stranger', async ({
  arrive,
  clinic,
}) => {
  test.setTimeout(240_000);
  const atDesk = async (name: string, colour: Colour): Promise<AtDesk> => {
    const person = await arrive('provider', { colour });
    const saw = await Sightings.of(person);
    await clinic.logIn(person.page, name);
    const queue = new QueuePage(person.page);
    await queue.interactive();
    return { person, queue, care: new CarePage(person.page), saw };
  };
  const seated = async (name: string, colour: Colour): Promise<Seated> => {
    const person = await arrive('patient', { colour });
    const saw = await Sightings.of(person);
    const seat = new SeatPage(person.page);
    await clinic.comeToWait(seat, name);
    await seat.expectWaiting();
    return { person, seat, saw };
  };
  const admit = async (provider: AtDesk, name: string, patient: Seated): Promise<void> => {
    await provider.queue.admit(name);
    await provider.care.interactive();
    await patient.seat.startNow.click();
    await expectTalk(patient, provider);
  };

  const [okafor, lindqvist] = [await atDesk('Okafor', 'red'), await atDesk('Lindqvist', 'green')];
  const adler = await seated('Adler', 'blue');
  const rahimi = await seated('Rahimi', 'magenta');
  const becker = await seated('Becker', 'yellow');
  for (const { queue } of [okafor, lindqvist]) await queue.expectOrder('waiting', ['Henry Adler', 'Fatima Rahimi', 'Tom Becker']);

  // Two visits at once.
  await admit(lindqvist, 'Adler', adler);
  await expect(becker.seat.status).toContainText('Dr. Nils Lindqvist is with another patient. You are next.');
  await admit(okafor, 'Rahimi', rahimi);
  await expectTalk(adler, lindqvist);
  await becker.seat.expectWaiting();

  // Sent back: the place and the time of before.
  await lindqvist.care.press('Send back to waiting');
  await adler.seat.expectWaiting();
  await adler.seat.expectCameraOff();
  await expect(adler.seat.status).toContainText('You are next.');
  await expect(becker.seat.status).toContainText('You are next but one.');
  await expectTalk(rahimi, okafor);

  // Handed over: the colleague has them in front.
  await lindqvist.care.handOver('Dr. Ada Okafor');
  await expect(adler.seat.status).toContainText('Dr. Ada Okafor is with another patient. You are next.');
  await okafor.care.write('Blood test is fine.');
  await okafor.care.end();
  await expect(rahimi.seat.heading).toHaveText('Thank you for your visit');
  await rahimi.seat.expectNoCamera();
  await okafor.care.expectCameraOff();
  for (const provider of [okafor, lindqvist]) {
    await provider.queue.open();
    await provider.queue.expectOrder('waiting', ['Henry Adler', 'Tom Becker']);
  }
  await expect(lindqvist.queue.row('waiting', 'Adler').getByRole('button', { name: 'Admit' }), 'not their patient any more').toHaveCount(0);
  await admit(okafor, 'Adler', adler);
  await admit(lindqvist, 'Becker', becker);
  await okafor.care.end();
  await lindqvist.care.end();
  for (const { seat } of [adler, becker]) {
    await expect(seat.heading).toHaveText('Thank you for your visit');
    await seat.expectNoCamera();
  }

  // Once more on the same day: another visit, with nothing of the first.
  const again = await new AppointmentPage(okafor.person.page, clinic.server.origin).makeSoon('Fatima Rahimi', '1988-07-21', 'Dr. Nils Lindqvist');
  await rahimi.person.page.goto(again);
  await rahimi.person.page.getByRole('button', { name: 'Continue' }).click();
  await rahimi.seat.checkIn();
  await rahimi.seat.saysReady();
  await rahimi.seat.interactive();
  await rahimi.seat.expectWaiting();
  await lindqvist.queue.open();
  await admit(lindqvist, 'Rahimi', rahimi);
  await expect(lindqvist.care.note).toHaveValue('');
  await lindqvist.care.end();
  await expect(rahimi.seat.heading).toHaveText('Thank you for your visit');
  await rahimi.seat.expectNoCamera();
  await lindqvist.care.expectCameraOff();

  adler.saw.expectOnly('green', 'red');
  becker.saw.expectOnly('green');
  rahimi.saw.expectOnly('red', 'green');
  okafor.saw.expectOnly('magenta', 'blue');
  lindqvist.saw.expectOnly('blue', 'yellow', 'magenta');
});
