import { route } from "@/lib/server/route";
import { listArticleRows } from "@/lib/services/catalogue/list-parts";

export const GET = route({ public: true }, ({ context }) => listArticleRows(context));
