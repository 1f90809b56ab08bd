import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { schemaDrift } from "@/lib/db/migrate";

/** Checks that the migrations make exactly the tables that prisma/schema describes. */
export async function main(): Promise<number> {
  const temporary = await startTemporaryServer();
  try {
    const { ownerUrl } = await temporary.makeMigrated("drift");
    const sql = await schemaDrift(ownerUrl);
    if (sql === "") {
      console.log("Migrations and schema agree.");
      return 0;
    }
    console.error(`The migrations lack this (npm run db:migrate -- draft NAME writes it):\n${sql}`);
    return 1;
  } finally {
    await temporary.remove();
  }
}
