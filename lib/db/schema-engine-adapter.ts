import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type ErrorCapturingSqlMigrationAwareDriverAdapterFactory,
  type SqlDriverAdapter,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

/** PostgreSQL's one-byte type "char", used by its catalogues only; the adapter does not know it. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/** Internals of the adapter that the two corrections below need (adapter-pg 7.10.0). */
interface PgAdapter extends SqlDriverAdapter {
  underlyingDriver(): pg.Pool;
  performIO(query: SqlQuery): Promise<pg.QueryArrayResult>;
}

/**
 * Prisma's adapter for PostgreSQL, corrected in two points for the migration engine: scripts are sent whole, so that
 * function bodies stay in one piece and each script is one transaction (the adapter cuts at every semicolon and runs the
 * pieces one by one); and "char" columns of the catalogues are read, which comparing a live database needs.
 */
export function schemaEngineAdapter(url: string): {
  factory: ErrorCapturingSqlMigrationAwareDriverAdapterFactory;
  close: () => Promise<void>;
} {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => correct((await connect()) as unknown as PgAdapter) as never;
  return { factory: bindMigrationAwareSqlAdapterFactory(factory), close: () => pool.end() };
}

function correct(adapter: PgAdapter): PgAdapter {
  const { queryRaw, performIO } = adapter;
  /** Rows of a result → the columns that were "char" (both methods see the same array of rows). */
  const charColumns = new WeakMap<object, number[]>();
  adapter.performIO = async (query) => {
    const result = await performIO.call(adapter, query);
    const found = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : []));
    for (const index of found) Object.assign(result.fields[index] ?? {}, { dataTypeID: TEXT_OID });
    charColumns.set(result.rows, found);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw.call(adapter, query);
    for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      throw asAdapterError(error);
    }
  };
  return adapter;
}

function asAdapterError(error: unknown): unknown {
  if (!(error instanceof Error && "severity" in error)) return error;
  const { code, severity, message, detail, column, hint } = error as pg.DatabaseError;
  return new DriverAdapterError({
    kind: "postgres",
    code: code ?? "",
    severity: severity ?? "",
    message,
    detail,
    column,
    hint,
  });
}
