import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { copyForRoc } from "@/lib/services/export/copy-for-roc";

export const GET = route({ params: worksheetParams }, ({ context, params }) => copyForRoc(context, params.worksheetId));
