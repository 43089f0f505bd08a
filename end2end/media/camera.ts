// A fake camera's film: a solid colour with a white bar that wanders across its foot, so that every frame differs.

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 12;
const RATE = 15;
const BAR = { width: 40, top: 400 };

type Rgb = readonly [number, number, number];

// BT.601 studio range, which is what Chromium assumes of a .y4m of this size.
function yuv([r, g, b]: Rgb): Rgb {
  return [
    Math.round(16 + 0.257 * r + 0.504 * g + 0.098 * b),
    Math.round(128 - 0.148 * r - 0.291 * g + 0.439 * b),
    Math.round(128 + 0.439 * r - 0.368 * g - 0.071 * b),
  ];
}

function plane(width: number, height: number, scale: number, barAt: number, ground: number, bar: number): Uint8Array<ArrayBuffer> {
  const out = Buffer.alloc(width * height, ground);
  for (let row = BAR.top / scale; row < height; row++) {
    const from = row * width + barAt / scale;
    out.fill(bar, from, from + BAR.width / scale);
  }
  return out;
}

/// The whole .y4m file. Chromium plays it in a loop.
export function film(colour: Rgb): Buffer {
  const [y, u, v] = yuv(colour);
  const parts: Uint8Array<ArrayBuffer>[] = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${RATE}:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < FRAMES; frame++) {
    const barAt = Math.floor((frame * (WIDTH - BAR.width)) / FRAMES / 2) * 2;
    parts.push(
      Buffer.from('FRAME\n'),
      plane(WIDTH, HEIGHT, 1, barAt, y, 235),
      plane(WIDTH / 2, HEIGHT / 2, 2, barAt, u, 128),
      plane(WIDTH / 2, HEIGHT / 2, 2, barAt, v, 128),
    );
  }
  return Buffer.concat(parts);
}
