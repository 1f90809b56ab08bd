import type { Book } from "@/lib/render/pdf/book";
import { textString } from "@/lib/render/pdf/pdf-values";
import type { PdfWriter } from "@/lib/render/pdf/pdf-writer";
import { newReference } from "@/lib/render/pdf/pdfkit-internals";
import type { Strip } from "@/lib/render/pdf/strip";
import { Tag } from "@/lib/render/pdf/structure";
import type { Logo } from "@/lib/render/pdf/view-model";
import { markedText } from "@/lib/render/pdf/visible-text";
import { readJpeg } from "@/lib/render/picture/jpeg";
import { MOST_LOGO_PIXELS } from "@/lib/render/picture/logo-file";
import { pictureAlone } from "@/lib/render/picture/picture-alone";
import { readPng } from "@/lib/render/picture/png";
import { filteredRows } from "@/lib/render/picture/write-png";

/** The name by which pages use it. */
const NAME = "Logo";

/** Room for the logo, in points. */
export interface LogoRoom {
  readonly width: number;
  readonly height: number;
  /** White space below it. */
  readonly below: number;
  readonly align?: "left" | "right";
}

/** The logo as a strip, as large as the room allows; nothing without one. It is a figure with its words, for those who do not see it. */
export function logoStrips(book: Book, logo: Logo | undefined, room: LogoRoom): readonly Strip[] {
  if (!logo) return [];
  const size = embed(book.writer, logo);
  const scale = Math.min(room.width / size.width, room.height / size.height);
  const [width, height] = [size.width * scale, size.height * scale];
  const tag = new Tag("Figure");
  return [
    {
      height: height + room.below,
      tag,
      draw: (sheet, x, y) => {
        const left = room.align === "right" ? x + book.frame.width - width : x;
        const box = sheet.picture(NAME, { x: left, y, width, height }, tag);
        tag.attributes = `/Alt ${textString(markedText(logo.alt))}/A<</O/Layout/Placement/Block/BBox[${box.join(" ")}]>>`;
      },
    },
  ];
}

/** Writes the picture into the document. @returns its size in pixels */
function embed(writer: PdfWriter, { type, data }: Logo): { readonly width: number; readonly height: number } {
  const file = Buffer.from(data, "base64");
  return type === "image/png" ? embedPng(writer, file) : embedJpeg(writer, file);
}

/** Packed as small as a PNG is, so that the estimate of a file's size holds. Samples are written by our own output, so that the same picture gives the same bytes at the same place. */
function embedPng(writer: PdfWriter, file: Buffer) {
  const { width, height, colour, opacity } = readPng(file, MOST_LOGO_PIXELS);
  const entries = (space: string, colours: number) =>
    `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/${space}/BitsPerComponent 8` +
    `/DecodeParms<</Predictor 15/Colors ${colours}/Columns ${width}>>`;
  let mask = "";
  if (opacity) {
    const id = writer.allocate();
    writer.stream(id, filteredRows(opacity, width, 1).toString("latin1"), entries("DeviceGray", 1));
    mask = `/SMask ${id} 0 R`;
  }
  const rows = filteredRows(colour, width * 3, 3);
  writer.stream(writer.form(NAME), rows.toString("latin1"), `${entries("DeviceRGB", 3)}${mask}`);
  return { width, height };
}

function embedJpeg(writer: PdfWriter, file: Buffer) {
  const { width, height, channels } = readJpeg(file, MOST_LOGO_PIXELS);
  const picture = newReference(writer.document, {
    Type: "XObject",
    Subtype: "Image",
    Width: width,
    Height: height,
    ColorSpace: channels === 1 ? "DeviceGray" : "DeviceRGB",
    BitsPerComponent: 8,
    Filter: "DCTDecode",
  });
  // It is compressed as it is, and what stands beside the picture would be handed on with each document.
  picture.compress = false;
  picture.end(pictureAlone(file));
  writer.takeForm(NAME, picture.id);
  return { width, height };
}
