-- The key by which the verifier finds a table's rows is that of its newest shape, by which changes are kept. The least of
-- all shapes' keys hid a change of the newest one where the other sorts first.
CREATE OR REPLACE FUNCTION audit_row_states() RETURNS TABLE (table_name text, row_id text, states text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'iso_8601' SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
DECLARE
  form record;
BEGIN
  FOR form IN SELECT DISTINCT ON (s.table_name) s.table_name AS guarded, s.key_column AS key FROM audit_shape s
    WHERE to_regclass(quote_ident(s.table_name)) IS NOT NULL ORDER BY s.table_name, s.shape DESC LOOP
    RETURN QUERY EXECUTE format(
      'SELECT %1$L, stored.content->>%2$L, (SELECT array_agg(audit_state_of(s.table_name, s.shape, s.columns, stored.content))
         FROM audit_shape s WHERE s.table_name = %1$L)
       FROM (SELECT to_jsonb(kept) AS content FROM %1$I AS kept) AS stored', form.guarded, form.key);
  END LOOP;
END $$;
