import document from "@/lib/contracts/api/openapi.json";
import { route } from "@/lib/server/route";

export const GET = route({ public: true, bearer: "read" }, async () => document);
