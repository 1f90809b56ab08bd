import type { Samples } from "@/lib/render/picture/png";

/** A picture made smaller: each pixel is the mean of those that it stands for, the opaque ones counting more. */
export function scaled(from: Samples, width: number, height: number): Samples {
  const [across, down] = [spans(from.width, width), spans(from.height, height)];
  const colour = Buffer.alloc(width * height * 3);
  const opacity = from.opacity && Buffer.alloc(width * height);
  for (const [y, rows] of down.entries()) {
    for (const [x, columns] of across.entries()) {
      const pixel = y * width + x;
      const { red, green, blue, opaque, weight } = meanOf(from, rows, columns);
      const full = opaque || 1;
      colour.set([Math.round(red / full), Math.round(green / full), Math.round(blue / full)], pixel * 3);
      if (opacity) opacity[pixel] = Math.round((opaque / weight) * 255);
    }
  }
  return { width, height, colour, opacity };
}

/** What of a line one pixel stands for: places from the left, and how much of each. */
type Span = readonly (readonly [place: number, share: number])[];

function spans(from: number, to: number): readonly Span[] {
  const step = from / to;
  return Array.from({ length: to }, (_, index) => {
    const [begin, end] = [index * step, Math.min(from, (index + 1) * step)];
    const span: [number, number][] = [];
    for (let place = Math.floor(begin); place < end; place += 1) {
      span.push([place, Math.min(end, place + 1) - Math.max(begin, place)]);
    }
    return span;
  });
}

function meanOf({ width, colour, opacity }: Samples, rows: Span, columns: Span) {
  const sum = { red: 0, green: 0, blue: 0, opaque: 0, weight: 0 };
  for (const [y, high] of rows) {
    for (const [x, wide] of columns) {
      const pixel = y * width + x;
      const weight = high * wide;
      const opaque = opacity ? (weight * (opacity[pixel] ?? 0)) / 255 : weight;
      sum.red += opaque * (colour[pixel * 3] ?? 0);
      sum.green += opaque * (colour[pixel * 3 + 1] ?? 0);
      sum.blue += opaque * (colour[pixel * 3 + 2] ?? 0);
      sum.opaque += opaque;
      sum.weight += weight;
    }
  }
  return sum;
}
