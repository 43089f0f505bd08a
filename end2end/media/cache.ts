import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { film } from './camera';
import { type Colour, colours, tones } from './palette';
import { beeps } from './tone';

export const cache = join(__dirname, '..', '.cache');

export const cameraFile = (colour: Colour): string => join(cache, `camera-${colour}.y4m`);
export const toneFile = (colour: Colour): string => join(cache, `tone-${colour}.wav`);

function write(path: string, bytes: () => Buffer): void {
  if (existsSync(path)) return;
  writeFileSync(`${path}.part`, bytes());
  renameSync(`${path}.part`, path); // an interrupted run must not leave half a film that the next run trusts
}

/// Makes what is not there yet. Delete `.cache` after a change of `camera.ts` or `tone.ts`.
export function fillCache(): void {
  mkdirSync(cache, { recursive: true });
  for (const colour of Object.keys(colours) as Colour[]) {
    write(cameraFile(colour), () => film(colours[colour]));
    write(toneFile(colour), () => beeps(tones[colour]));
  }
}
