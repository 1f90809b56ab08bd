import { Readable } from "node:stream";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { exportPack } from "@/lib/services/export/export-pack";

export const GET = route({ params: engagementParams }, async ({ context, params, request }) => {
  const { name, stream } = await exportPack(context, runtime().evidence, params.engagementId, request.signal);
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
