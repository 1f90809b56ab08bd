import { createClient } from "@/lib/db/client";

const database = createClient(process.env.DATABASE_URL ?? "");

/** What the save of a section is held against: JSON in, one UPDATE by the primary key, JSON out; nobody is asked who they are. */
export async function PUT(request: Request): Promise<Response> {
  const { id, content } = (await request.json()) as { readonly id: string; readonly content: unknown };
  const text = JSON.stringify(content);
  const changed =
    await database.$executeRaw`UPDATE bench_bare SET content = ${text}::jsonb, version = version + 1 WHERE id = ${id}::uuid`;
  return Response.json({ changed, content });
}
