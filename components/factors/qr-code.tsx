"use client";

import { useMemo } from "react";
import { encode } from "uqr";

/** A QR code as a picture, dark on light in both schemes: cameras want it so. `size` is its width in pixels. */
export function QrCode({
  text,
  label,
  size,
}: {
  readonly text: string;
  readonly label: string;
  readonly size: number;
}) {
  const { path, modules } = useMemo(() => draw(text), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${modules} ${modules}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      style={{ maxWidth: "100%", height: "auto", display: "block", borderRadius: 4 }}
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** The dark modules as one path, a rectangle for each run within a row. */
function draw(text: string): { readonly path: string; readonly modules: number } {
  const { data, size } = encode(text, { border: 3 });
  const parts = data.flatMap((row, y) => {
    const runs = row
      .map((dark) => (dark ? "1" : "0"))
      .join("")
      .matchAll(/1+/g);
    return [...runs].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`);
  });
  return { path: parts.join(""), modules: size };
}
