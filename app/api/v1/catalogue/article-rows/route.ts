import { route } from "@/lib/server/route";
import { listArticleRows } from "@/lib/services/catalogue/list-parts";

export const GET = route({ bearer: "read", public: true }, ({ context }) => listArticleRows(context));
