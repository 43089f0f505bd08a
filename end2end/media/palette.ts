// Who looks and sounds like what. One colour and one tone a participant: whoever sees the colour and hears the tone
// has the right person's live media, not just "some video".

export const colours = {
  red: [200, 30, 30],
  green: [30, 170, 40],
  blue: [30, 60, 210],
  yellow: [210, 200, 30],
  magenta: [200, 40, 200],
} as const satisfies Record<string, readonly [number, number, number]>;

export type Colour = keyof typeof colours;

/// Hertz. Far apart, none a multiple of another, so that an overtone is never taken for somebody else.
export const tones = { red: 440, green: 620, blue: 830, yellow: 1070, magenta: 1390 } as const satisfies Record<Colour, number>;

/// The colour's name nearest to a pixel: codecs and colour conversion move it a little. Undefined where none is near,
/// as with the black of a video that has not begun.
export function nearestColour(pixel: readonly [number, number, number]): Colour | undefined {
  let best: { name: Colour; distance: number } | undefined;
  for (const [name, rgb] of Object.entries(colours) as [Colour, readonly [number, number, number]][]) {
    const distance = Math.hypot(pixel[0] - rgb[0], pixel[1] - rgb[1], pixel[2] - rgb[2]);
    if (!best || distance < best.distance) best = { name, distance };
  }
  return best && best.distance < 70 ? best.name : undefined;
}
