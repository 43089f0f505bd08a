import { test } from '../../end2end/fixtures';
import { BareCall } from '../../end2end/fixtures/bare-call';
import type { Participant } from '../../end2end/fixtures/participant';
import { firstFrameAt, median, pressedAt, wind } from './stopwatch';

// Time from pressing Join on the second side to the first remote frame on each side, beside two bare peer connections
// doing the same in the same browsers in the same run, turn by turn: whatever else this machine does hits both.

const ROUNDS = Number(process.env['ROUNDS'] ?? 20);

interface Sample {
  second: number;
  first: number;
}

async function join(first: Participant, second: Participant, addresses: [string, string]): Promise<Sample> {
  const sides = [first, second] as const;
  for (const [index, side] of sides.entries()) {
    await side.page.goto(addresses[index]!);
    await side.page.locator('main[data-hydrated]').waitFor();
  }
  for (const side of sides) {
    await side.page.getByRole('button', { name: 'Join Room' }).click();
    await side.page.locator('main[data-phase="in-room"]').waitFor();
  }
  const pressed = await pressedAt(second.page);
  return { second: (await firstFrameAt(second.page)) - pressed, first: (await firstFrameAt(first.page)) - pressed };
}

async function away(...sides: Participant[]): Promise<void> {
  for (const side of sides) await side.page.goto('about:blank');
}

function report(name: string, floor: number[], product: number[]): string {
  const [low, high] = [median(floor), median(product)];
  const spread = (values: number[]): string => `${Math.min(...values)}–${Math.max(...values)}`;
  return `${name}: bare ${low} ms (${spread(floor)}), Owl ${high} ms (${spread(product)}), ratio ${(high / low).toFixed(2)}`;
}

test(`join to first frame, median of ${ROUNDS} joins`, async ({ arrive, server }) => {
  test.setTimeout(ROUNDS * 30_000);
  const bare = await BareCall.start();
  const others = { allowedOrigins: [bare.origin] };
  const patient = await arrive('patient', others);
  const provider = await arrive('provider', others);
  await wind(patient.page);
  await wind(provider.page);
  const floor: Sample[] = [];
  const owl: Sample[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const bareSample = await join(patient, provider, [bare.origin, bare.origin]);
    await away(patient, provider);
    const owlSample = await join(patient, provider, [`${server.origin}/patient`, `${server.origin}/provider`]);
    await away(patient, provider);
    if (round === 0) continue; // the first loads and compiles everything, on both: not what is measured
    floor.push(bareSample);
    owl.push(owlSample);
  }
  await bare.close();
  console.log(report('who comes sees  ', floor.map((s) => s.second), owl.map((s) => s.second)));
  console.log(report('who waits sees  ', floor.map((s) => s.first), owl.map((s) => s.first)));
});
