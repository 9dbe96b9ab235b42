/**
 * How long each card took, from the application to the hand-over, is kept when it is handed over: a month's statement, which has the exact
 * times, reads them from one index and no longer the way of each card. It follows from the log, and is added up anew with the counts.
 */
export const timesToCards = `
CREATE TABLE card_times (
  case_id text        NOT NULL,
  version int         NOT NULL,
  at      timestamptz NOT NULL,
  ms      bigint      NOT NULL,
  PRIMARY KEY (case_id, version)
);

CREATE FUNCTION keep_card_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- One that was lost and put back was kept when it was first there.
  INSERT INTO card_times SELECT NEW.case_id, NEW.version, NEW.at, elapsed_ms(applied_at(c), NEW.at)
    FROM cases c WHERE c.case_id = NEW.case_id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER case_events_handed_over AFTER INSERT ON case_events FOR EACH ROW WHEN (NEW.type = 'CardHandedOver')
  EXECUTE FUNCTION keep_card_time();

CREATE FUNCTION rebuild_card_times() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM card_times;
  INSERT INTO card_times SELECT e.case_id, e.version, e.at, elapsed_ms(applied_at(c), e.at)
    FROM case_events e JOIN cases c USING (case_id) WHERE e.type = 'CardHandedOver';
END $$;

SELECT rebuild_card_times();
CREATE INDEX card_times_at ON card_times (at) INCLUDE (ms);
DROP INDEX case_events_handed_over;
`;
