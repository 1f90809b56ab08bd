-- A person's account stays a person's, and a service account stays one: neither gets what the other has not (0038).
CREATE FUNCTION account_kind_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.email IS NULL) <> (NEW.email IS NULL) THEN
    RAISE EXCEPTION 'an account of a person stays one, and so does one of a service' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER app_user_kind_stays BEFORE UPDATE OF email ON app_user FOR EACH ROW EXECUTE FUNCTION account_kind_stays();
